"""What each page shows, as plain dataclasses made from the graph: templates read these and nothing else."""
