"""Run the flow: the only place that owns files, cache, progress and statistics."""
