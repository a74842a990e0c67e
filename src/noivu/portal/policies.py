"""Who may keep the installation in order, and how the log words what it does as a whole."""

from noivu.audit.api import declare_action, declare_fields, declare_kind
from noivu.core import access
from noivu.core.access import OPERATOR, Verb
from noivu.core.wording import Text

SAMPLE_BEGUN = "portal.sample_begun"
FILES_CLEANED = "files.clean"
CLEAN = "files.clean"

access.declare(Verb(CLEAN, Text(vi="Dọn kho tệp", en="Clean the file store"), frozenset({OPERATOR})))

declare_action(SAMPLE_BEGUN, Text(vi="Bắt đầu nạp lĩnh vực mẫu", en="Begin to load the sample sector"))
declare_action(FILES_CLEANED, Text(vi="Xóa tệp không còn nơi nào dùng", en="Files that nothing names removed"))
declare_kind("core.file", Text(vi="Tệp trong kho tệp", en="Kept file"))
declare_fields("core.file", {"sha256": Text(vi="Mã băm SHA-256", en="SHA-256"), "size": Text(vi="Cỡ", en="Size")})
declare_kind("portal.sample", Text(vi="Lĩnh vực mẫu", en="Sample sector"))
