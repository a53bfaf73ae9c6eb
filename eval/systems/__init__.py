"""What is measured: baselines, backends, checkpoints and files of outputs."""
