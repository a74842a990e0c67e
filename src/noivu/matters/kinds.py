"""The kinds above the ledger: what each is called, where its register is, how it is done."""

from noivu.core.wording import Text
from noivu.matters.constants import LEGAL_TEXT
from noivu.work.api import Done, ObligationKind, obligation_kinds

obligation_kinds.declare_all(
    [
        ObligationKind(
            LEGAL_TEXT,
            Text(vi="Văn bản quy phạm pháp luật", en="Legal text"),
            Text(vi="Xây dựng pháp luật", en="Legal texts"),
            Text(vi="Đã trình, ban hành", en="Submitted or issued"),
            "/legal-texts/",
            done=Done.BY_STAGE,
        ),
    ]
)
