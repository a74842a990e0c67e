"""The sample sector: registers made up by rule, counted like any others. No person and no document in it is real."""
