"""Tools for agents: the questions of fundtrace over the Model Context Protocol."""
