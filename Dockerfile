# The service, small and without torch: API and page on port 8000, as a user without rights.
#   docker build -t mujaz . && docker run --rm -p 8000:8000 mujaz
FROM python:3.11-slim AS build
WORKDIR /src
COPY . .
RUN python -m venv /opt/mujaz
RUN /opt/mujaz/bin/pip install --no-cache-dir -c constraints.txt ".[serve]"

FROM python:3.11-slim
COPY --from=build /opt/mujaz /opt/mujaz
RUN useradd --system --create-home --home-dir /home/mujaz mujaz
USER mujaz
WORKDIR /home/mujaz
ENV PATH=/opt/mujaz/bin:$PATH PYTHONUNBUFFERED=1 GRADIO_ANALYTICS_ENABLED=False
EXPOSE 8000
# Ready only once the model is loaded. Python, because slim images carry no curl.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
# Exec form: SIGTERM reaches the service, which answers what it has accepted within 30 s (docker stop -t 35).
STOPSIGNAL SIGTERM
CMD ["mujaz", "serve", "--host", "0.0.0.0", "--port", "8000"]
