# The service, small and without torch: API and page on port 8000, as a user without rights.
#   docker build -t mujaz . && docker run --rm -p 8000:8000 mujaz
# It is the command `mujaz` itself: docker run --rm -i mujaz brief < article.txt
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /opt/mujaz
# The libraries first: this layer is made again only when they change.
COPY pyproject.toml constraints.txt ./
RUN python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb'))['project']; print(*p['dependencies'], *p['optional-dependencies']['serve'], sep='\n')" > /opt/requirements.txt
RUN /opt/mujaz/bin/pip install --no-cache-dir -c constraints.txt -r /opt/requirements.txt
COPY . .
RUN /opt/mujaz/bin/pip install --no-cache-dir --no-deps .

FROM python:3.11-slim
LABEL org.opencontainers.image.title="Mujaz" \
      org.opencontainers.image.description="Arabic news briefs, each line with its source" \
      org.opencontainers.image.licenses="Apache-2.0 AND LicenseRef-Gemma"
COPY --from=build /opt/mujaz /opt/mujaz
RUN useradd --system --create-home --home-dir /home/mujaz mujaz
USER mujaz
WORKDIR /home/mujaz
# Settings are MUJAZ_ and the flag's name: see docs/service.md. The model is the one of the package.
ENV PATH=/opt/mujaz/bin:$PATH PYTHONUNBUFFERED=1 GRADIO_ANALYTICS_ENABLED=False HF_HUB_DISABLE_TELEMETRY=1 \
    MUJAZ_HOST=0.0.0.0 MUJAZ_PORT=8000 MUJAZ_BACKEND=default
EXPOSE 8000
# Ready only once the model is loaded. Python, because slim images carry no curl.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
# Exec form: SIGTERM reaches the service, which answers what it has accepted within 30 s (docker stop -t 35).
STOPSIGNAL SIGTERM
ENTRYPOINT ["mujaz"]
CMD ["serve"]
