"""How the page looks to Gradio: its colours, and the faces that are shipped with it."""

from __future__ import annotations

import gradio as gr


def theme() -> gr.themes.Base:
    """Plain, in the page's own colours, with the faces that are shipped with it."""
    teal = gr.themes.Color(
        "#eef7f6", "#d6ecea", "#aed9d6", "#7dbfbb", "#469d99", "#25807d", "#0f6468", "#0f5257", "#0d4347", "#0b3639",
        "#06272a",
    )  # fmt: skip
    return gr.themes.Base(
        primary_hue=teal,
        secondary_hue=teal,
        neutral_hue=gr.themes.colors.stone,
        radius_size=gr.themes.sizes.radius_lg,
        text_size=gr.themes.sizes.text_lg,
        font=["IBM Plex Sans Arabic", "Segoe UI", "Tahoma", "sans-serif"],
        font_mono=["ui-monospace", "Consolas", "monospace"],
    ).set(
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_border_width="0px",
        block_label_background_fill="transparent",
        block_padding="0px",
        block_shadow="none",
        body_background_fill="var(--mj-paper)",
        body_background_fill_dark="var(--mj-paper)",
        button_secondary_background_fill="var(--mj-card)",
        button_secondary_background_fill_dark="var(--mj-card)",
        button_secondary_border_color="var(--mj-line)",
        button_border_width="1px",
        input_background_fill="var(--mj-card)",
        input_background_fill_dark="var(--mj-card)",
        input_border_color="var(--mj-line)",
    )
