"""The pure part of the checklists: content classes, formulas, loading, evaluation and scoring.

Nothing here knows the web or a database (design section 2). `loader` reads the content folder and refuses
faulty content, `library` knows which version holds when, `catalogue` is one compiled set of versions,
`evaluate` judges answers, `scoring` turns hits into an outcome.
"""
