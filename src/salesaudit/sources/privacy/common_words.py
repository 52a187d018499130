"""Words that are no names by themselves, though names are made of them.

A person called Will Young is masked where both words stand together; "will" and "young" alone stay.
"""

from __future__ import annotations

FIRM_COLUMNS = (
    "account",
    "business",
    "company",
    "employer",
    "empresa",
    "entreprise",
    "firm",
    "firma",
    "organis",
    "organiz",
    "société",
    "unternehmen",
    "บริษัท",
    "องค์กร",
    "กิจการ",
    "หน่วยงาน",
    "ร้าน",
)  # fmt: skip  a column with such a word in its header holds names of firms
FIRM_WORDS = frozenset(
    {
        "ab",
        "ag",
        "as",
        "bv",
        "co",
        "corp",
        "corporation",
        "gmbh",
        "inc",
        "incorporated",
        "kg",
        "limited",
        "llc",
        "llp",
        "ltd",
        "ltda",
        "nv",
        "oy",
        "plc",
        "pcl",
        "pte",
        "pty",
        "sa",
        "sarl",
        "sas",
        "se",
        "spa",
        "srl",
    }
)  # fmt: skip  left out of a firm's name: people do not say them
COMMON = frozenset(
    {
        # what firms do and are called
        "academy", "agency", "alliance", "asia", "associates", "bank", "beauty", "brothers",
        "building", "business", "cafe", "capital", "care", "center", "central", "centre", "city",
        "clinic", "college", "commerce", "commercial", "company", "computer", "construction",
        "consult", "consulting", "daily", "data", "delivery", "design", "development", "digital",
        "direct", "energy", "engineering", "enterprise", "enterprises", "europe", "export",
        "express", "factory", "farm", "fashion", "finance", "financial", "first", "fitness",
        "food", "foods", "foundation", "fresh", "garden", "general", "global", "gold", "golden",
        "group", "health", "healthcare", "holding", "holdings", "home", "hospital", "hotel",
        "house", "import", "industrial", "industries", "industry", "insurance", "international",
        "investment", "land", "legal", "life", "logistics", "machine", "management",
        "manufacturing", "market", "marketing", "media", "medical", "mobile", "motor", "motors",
        "music", "national", "network", "networks", "office", "online", "optical", "packaging",
        "paper", "partner", "partners", "pharma", "pharmacy", "phone", "plastic", "plus", "power",
        "print", "printing", "product", "production", "products", "professional", "property",
        "quality", "restaurant", "retail", "royal", "safety", "sales", "school", "science",
        "security", "service", "services", "shop", "smart", "social", "software", "solution",
        "solutions", "sport", "sports", "star", "steel", "store", "studio", "supply", "system",
        "systems", "team", "tech", "technologies", "technology", "telecom", "texas", "textile",
        "thai", "thailand", "tour", "tours", "trade", "trading", "training", "transport",
        "travel", "united", "university", "value", "vision", "water", "world",
        # places and directions
        "bangkok", "east", "eastern", "london", "north", "northern", "pacific", "siam", "south",
        "southern", "street", "west", "western", "york",
        # words of every text that are names too
        "able", "also", "angel", "april", "august", "autumn", "baker", "ball", "banks", "bell",
        "best", "bill", "bird", "black", "blue", "bond", "book", "brown", "bush", "buyer", "call",
        "carpenter", "case", "cash", "chance", "chase", "church", "clear", "client",
        "close", "cook", "cost", "cross", "customer", "date", "dawn", "deal", "dear", "demo",
        "discount", "does", "drew", "duke", "early", "easy", "english", "ever", "fair", "faith",
        "farmer", "fast", "field", "fine", "fish", "fisher", "forest", "fox", "frank", "free",
        "french", "friday", "friend", "gene", "german", "gift", "good", "grace", "grant", "gray",
        "great", "green", "grey", "guest", "hall", "hand", "happy", "harmony", "have", "head",
        "heart", "hello", "help", "high", "hill", "holiday", "honor", "hope", "hunt", "hunter",
        "iris", "ivory", "jade", "january", "jewel", "joy", "july", "june", "just", "justice",
        "king", "knight", "know", "lake", "lane", "large", "last", "later", "lead", "leads",
        "left", "lily", "link", "list", "little", "long", "look", "lord", "love", "mail", "major",
        "many", "march", "mark", "mason", "mercy", "mill", "miller", "mind", "moon", "more",
        "morning", "much", "name", "need", "never", "next", "nice", "night", "none", "null",
        "ocean", "offer", "olive", "open", "order", "over", "owner", "page", "park", "pearl",
        "people", "pepper", "perfect", "person", "piece", "pierce", "pilot", "plan", "point",
        "poor", "post", "potter", "precious", "present", "price", "pride", "prince", "quick",
        "quote", "rain", "rare", "ready", "real", "reed", "rest", "rice", "rich", "right", "ring",
        "river", "road", "rock", "rose", "ruby", "sage", "sail", "sale", "same", "sand",
        "saturday", "save", "sharp", "shepherd", "short", "silver", "slow", "small", "smooth",
        "snow", "some", "song", "spring", "stage", "stamp", "stone", "storm", "strong", "summer",
        "sunday", "sunny", "support", "swift", "tailor", "taken", "test", "then", "they", "thing",
        "think", "this", "time", "tiny", "total", "trip", "true", "trust",
        "unknown", "very", "victory", "violet", "visit", "wall", "want", "ward", "week",
        "well", "wells", "went", "were", "when", "white", "wife", "wild", "will", "winter", "wish",
        "with", "wolf", "wood", "woods", "word", "work", "year", "years", "yes", "young", "your",
    }
)  # fmt: skip
NO_NAMES = frozenset(
    {
        "do not call", "do not use", "first last", "n a", "no company", "no name", "not available",
        "not given", "not known", "not set", "test test",
    }
)  # fmt: skip
THAI_TITLES = (
    "นางสาว",
    "นาง",
    "นาย",
    "คุณ",
    "น\\.ส\\.",
    "ด\\.ช\\.",
    "ด\\.ญ\\.",
    "ดร\\.",
    "บริษัท",
    "บมจ\\.?",
    "บจก\\.?",
    "หจก\\.?",
    "ห้างหุ้นส่วน",
    "จำกัด",
    "มหาชน",
    "ร้าน",
    "กลุ่ม",
)  # fmt: skip  left out of a name
THAI_COMMON = frozenset(
    {
        "กรุงเทพ", "กรุ๊ป", "การค้า", "การช่าง", "การเงิน", "การแพทย์", "ก่อสร้าง", "ก้าวหน้า", "ขนส่ง",
        "คลินิก", "ความสุข", "ค้าปลีก", "คอมพิวเตอร์", "เจริญ", "เซ็นเตอร์", "ดีไซน์", "ตลาด", "ไทยแลนด์",
        "ธนาคาร", "ธุรกิจ", "นำเข้า", "บริการ", "ประกัน", "ประเทศไทย", "ผลิตภัณฑ์", "พลังงาน", "พลาสติก",
        "พร้อม", "พัฒนา", "พาณิชย์", "พาร์ทเนอร์", "มาร์เก็ตติ้ง", "มีเดีย", "ยานยนต์", "รวมกัน", "ระบบ", "ราคา",
        "รุ่งเรือง", "โรงงาน", "โรงแรม", "โรงพยาบาล", "โรงเรียน", "ลูกค้า", "วิศวกรรม", "วิทยาลัย", "สบาย",
        "ส่งออก", "สมบูรณ์", "สยาม", "สวัสดี", "สาขา", "สำเร็จ", "สำนักงาน", "สินค้า", "สุขภาพ", "อสังหา",
        "อาหาร", "อินเตอร์", "อินเตอร์เนชั่นแนล", "อุตสาหกรรม", "เอเชีย", "แอนด์", "ออนไลน์",
    }
)  # fmt: skip
