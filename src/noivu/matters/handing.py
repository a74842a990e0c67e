"""Where what an officer of a unit holds is handed over."""

from urllib.parse import urlencode

from django.urls import reverse


def hand_over_address(unit_code: str, account: str) -> str:
    return f"{reverse('matters:hand-over')}?{urlencode({'unit': unit_code, 'account': account})}"
