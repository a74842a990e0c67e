"""Plain values of the room that neighbours and settings may use."""

LANGUAGES = ("vi", "en")
THEMES = ("light", "dark")
DENSITIES = ("compact",)

# A user name is typed on every keyboard and written in commands: small Latin letters, digits and . _ -
USERNAME_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,62}[a-z0-9]$"
