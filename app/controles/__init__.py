"""All that is recorded in the field: controls, participants, answers, flags, day package and synchronisation."""
