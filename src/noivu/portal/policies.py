"""How the log words what the installation as a whole does."""

from noivu.audit.api import declare_action, declare_kind
from noivu.core.wording import Text

SAMPLE_BEGUN = "portal.sample_begun"

declare_action(SAMPLE_BEGUN, Text(vi="Bắt đầu nạp lĩnh vực mẫu", en="Begin to load the sample sector"))
declare_kind("portal.sample", Text(vi="Lĩnh vực mẫu", en="Sample sector"))
