"""Pictures as geometry: what an SVG template needs, computed from plain numbers."""
