"""Files on paper: typeset in a process of its own, and sealed for one recipient where that is asked."""
