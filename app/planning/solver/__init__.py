"""The planner as a pure function: `engine.solve(problem, stop, seed) -> Result`.

`problem`, `result` and `terms` are light and may be imported anywhere; `engine` loads the optimisation
library and belongs in a worker. Nothing here knows the database, HTTP or the clock. Design: layers of windows
drawn at random, integral acties, norm visits, free capacity, routes.
"""
