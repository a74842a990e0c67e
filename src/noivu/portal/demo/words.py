"""Made-up but life-sized words: issuers, subjects, officers."""

from random import Random

MINISTRIES = {
    "Văn phòng Chính phủ": "VPCP", "Bộ Tài chính": "BTC", "Bộ Công an": "BCA", "Bộ Quốc phòng": "BQP",
    "Bộ Tư pháp": "BTP", "Bộ Kế hoạch và Đầu tư": "BKHĐT", "Bộ Giáo dục và Đào tạo": "BGDĐT", "Bộ Y tế": "BYT",
    "Bộ Thông tin và Truyền thông": "BTTTT", "Bộ Nông nghiệp và Phát triển nông thôn": "BNN",
    "Bộ Lao động - Thương binh và Xã hội": "BLĐTBXH", "Bộ Xây dựng": "BXD", "Thanh tra Chính phủ": "TTCP",
    "Ủy ban Dân tộc": "UBDT", "Bộ Ngoại giao": "BNG", "Kiểm toán nhà nước": "KTNN",
}  # fmt: skip
"""Who writes to the ministry from the centre, with the abbreviation in its symbols."""

ASSOCIATIONS = (
    "Hội Khuyến học", "Hội Người cao tuổi", "Hội Luật gia", "Hội Chữ thập đỏ", "Liên hiệp các tổ chức hữu nghị",
    "Hội Nhà báo", "Hội Cựu thanh niên xung phong", "Hiệp hội Doanh nghiệp nhỏ và vừa",
)  # fmt: skip

SUBJECTS = {
    "VCQDP-BNV": (
        "Hoàn thiện hồ sơ đề án sắp xếp đơn vị hành chính cấp huyện, cấp xã giai đoạn 2023–2025",
        "Xin ý kiến về phương án bố trí cán bộ, công chức dôi dư sau sắp xếp đơn vị hành chính",
        "Vướng mắc trong thực hiện chế độ đối với người hoạt động không chuyên trách ở cấp xã, ở thôn, tổ dân phố",
        "Báo cáo kết quả lấy ý kiến cử tri về việc điều chỉnh địa giới đơn vị hành chính",
        "Đề nghị thẩm định đề án thành lập thị trấn và các phường trực thuộc",
        "Phân loại đơn vị hành chính cấp xã sau sắp xếp",
    ),
    "VCCVC-BNV": (
        "Góp ý dự thảo Nghị định về hỗ trợ người làm chuyên trách chuyển đổi số, an toàn thông tin mạng",
        "Xin ý kiến về việc tiếp nhận vào làm công chức không qua thi tuyển",
        "Đề nghị hướng dẫn xếp ngạch, bổ nhiệm chức danh nghề nghiệp viên chức chuyên ngành",
        "Báo cáo kết quả đánh giá, xếp loại chất lượng công chức, viên chức",
        "Về việc tổ chức thi nâng ngạch công chức lên chuyên viên chính",
    ),
    "VTCBC-BNV": (
        "Đề nghị hướng dẫn xác định biên chế của đơn vị sự nghiệp công lập sau sắp xếp",
        "Đề nghị thẩm định đề án vị trí việc làm của các cơ quan hành chính",
        "Góp ý dự thảo Nghị định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức",
        "Báo cáo việc quản lý, sử dụng biên chế công chức và số lượng người làm việc",
        "Về số lượng cấp phó của người đứng đầu tổ chức hành chính",
    ),
    "VTL-BNV": (
        "Phối hợp rà soát cơ chế tài chính, thu nhập đặc thù của một số cơ quan, đơn vị",
        "Đề nghị giải đáp việc xếp lương khi chuyển ngạch, nâng ngạch",
        "Báo cáo đánh giá tổng thể việc điều chỉnh mức lương cơ sở",
        "Về chế độ phụ cấp ưu đãi theo nghề đối với viên chức ngành y tế",
    ),
    "VCCHC-BNV": (
        "Đề nghị giải đáp việc chấm điểm chỉ số cải cách hành chính năm 2024",
        "Báo cáo kết quả thực hiện công tác cải cách hành chính quý III năm 2024",
        "Về phân cấp giải quyết thủ tục hành chính cho Ủy ban nhân dân cấp huyện",
        "Kế hoạch kiểm tra công tác cải cách hành chính",
    ),
    "VTCPCP-BNV": (
        "Đề nghị hướng dẫn tổ chức đại hội nhiệm kỳ theo quy định về hội",
        "Đề nghị phê duyệt điều lệ sửa đổi, bổ sung",
        "Báo cáo tình hình tổ chức, hoạt động của hội và quỹ xã hội, quỹ từ thiện",
    ),
    "VPC-BNV": (
        "Ý kiến về hồ sơ chính sách dự án Luật Tổ chức chính quyền địa phương",
        "Góp ý dự thảo Thông tư quy định chi tiết và biện pháp thi hành",
        "Danh mục văn bản hợp nhất đề nghị công bố",
    ),
    "VTCCB-BNV": (
        "Quy định về bổ nhiệm, điều động, luân chuyển, biệt phái công chức lãnh đạo, quản lý",
        "Nhu cầu đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2025",
    ),
    "TTRA-BNV": (
        "Cung cấp số liệu phục vụ báo cáo công tác phòng, chống tham nhũng, tiêu cực",
        "Kết luận thanh tra việc tuyển dụng, sử dụng và quản lý công chức, viên chức",
    ),
    "BTDKT-BNV": (
        "Đề nghị hiệp y khen thưởng cấp nhà nước đối với tập thể, cá nhân",
        "Hướng dẫn khen thưởng thành tích trong đợt thi đua cao điểm",
    ),
    "VP-BNV": (
        "Mời dự hội nghị sơ kết, tổng kết công tác",
        "Chương trình công tác của lãnh đạo Bộ",
        "Báo cáo kết quả thực hiện nhiệm vụ được Chính phủ, Thủ tướng Chính phủ giao",
    ),
}
"""Subjects of documents by the unit of the ministry that deals with them."""

WEIGHTS = {
    "VCQDP-BNV": 74, "VCCVC-BNV": 52, "VTCBC-BNV": 46, "VTL-BNV": 31, "VCCHC-BNV": 24, "VTCPCP-BNV": 18,
    "VPC-BNV": 14, "VTCCB-BNV": 9, "TTRA-BNV": 7, "BTDKT-BNV": 8, "VP-BNV": 4,
}  # fmt: skip
"""How much of the paper goes to each unit."""


def _after_regarding(subject: str) -> str:
    """A subject as it goes on after "về việc"."""
    said = subject.removeprefix("Về ").removeprefix("việc ")
    return said[0].lower() + said[1:]


TASK_VERBS = (
    "Xây dựng dự thảo văn bản về việc", "Tham mưu trình cấp có thẩm quyền về việc", "Tổng hợp, báo cáo về việc",
    "Rà soát, đề xuất phương án về việc",
)  # fmt: skip
TASK_SUBJECTS = {unit: tuple(_after_regarding(subject) for subject in subjects) for unit, subjects in SUBJECTS.items()}
PRODUCTS = ("Tờ trình và dự thảo văn bản", "Báo cáo", "Văn bản trả lời", "Kế hoạch được phê duyệt", "Đề án")
TASK_ASSIGNERS = ("Chính phủ", "Thủ tướng Chính phủ", "Bộ trưởng", "Ủy ban Thường vụ Quốc hội", "Thứ trưởng")

WISHES = (
    "Đề nghị sớm điều chỉnh mức phụ cấp đối với người hoạt động không chuyên trách ở thôn, tổ dân phố",
    "Kiến nghị quan tâm chế độ, chính sách cho cán bộ dôi dư sau sắp xếp đơn vị hành chính cấp xã",
    "Đề nghị tăng biên chế giáo viên mầm non, phổ thông cho địa phương vùng khó khăn",
    "Kiến nghị đẩy nhanh việc xây dựng vị trí việc làm và thực hiện cải cách chính sách tiền lương",
    "Đề nghị hướng dẫn xếp lương đối với viên chức y tế cơ sở",
    "Kiến nghị có chính sách thu hút người có tài năng vào khu vực công",
    "Đề nghị nghiên cứu nâng lương hưu cho người nghỉ hưu trước năm 1995",
    "Kiến nghị đơn giản hóa thủ tục thành lập hội ở cấp xã",
)

_FAMILY = ("Trần", "Lê", "Phạm", "Hoàng", "Đỗ", "Vũ", "Đặng", "Bùi", "Ngô", "Dương", "Lý", "Đinh", "Hà", "Mai")
_MIDDLE = ("Thu", "Quang", "Mỹ", "Khánh", "Đức", "Ngọc", "Thanh", "Minh", "Hải", "Bích", "Gia", "Tuấn")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dung",
    "Giang",
    "Hà",
    "Hiếu",
    "Khuê",
    "Lâm",
    "Nga",
    "Phong",
    "Quyên",
    "Sơn",
    "Thảo",
    "Yến",
)


def made_up_name(random: Random) -> str:
    """A name put together by chance."""
    return f"{random.choice(_FAMILY)} {random.choice(_MIDDLE)} {random.choice(_GIVEN)}"
