"""Generator of a municipality that does not exist, of any size, deterministic by seed (ADR 0010).

It lies in the water of the Markermeer, its postcodes are of the range that has post-office boxes only and its KvK numbers of a range
that was never given out, so that nothing in it can be a real place, business or person.
"""
