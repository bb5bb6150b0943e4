"""Use cases of planning. What builds a problem for the planner (`probleem`, `voorstel`) is only loaded by the worker."""
