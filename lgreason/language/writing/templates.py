"""What a rule file may begin with: sound statements of each kind, to be changed into one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lgreason.rules.model import Language

Template = Literal["position", "rule", "amendment"]
TEMPLATES: Mapping[Template, Mapping[Language, str]] = {
    "position": {
        "th": """# ตำแหน่งใหม่ คุณสมบัติของตำแหน่ง และตัวอย่างที่ใช้ทดสอบ · ค้นชื่อที่ใช้ได้ด้วย: lgreason kb words
นิยาม ตำแหน่ง my_series.early.head
  ชื่อ: "หัวหน้าฝ่ายตัวอย่าง ระดับต้น" / "sample section head, early level"
  ชื่ออื่น: "หัวหน้าฝ่ายตัวอย่าง", "sample section head"
  ประเภท: อำนวยการท้องถิ่น
  ระดับ: ต้น
  สายงาน: บริหารงานทั่วไป
  ลำดับ: 1

กฎ my_notice.q
  เอกสาร: std.general_admin
  ที่: "คุณสมบัติ" / "qualifications"
  คุณสมบัติของ: หัวหน้าฝ่ายตัวอย่าง
  กำหนดว่า ต้องมีคุณสมบัติครบทุกข้อ ดังต่อไปนี้
    (1) ได้รับปริญญาตรีในสาขารัฐศาสตร์ หรือนิติศาสตร์
    (2) ดำรงตำแหน่งหรือเคยดำรงตำแหน่งประเภทวิชาการ ระดับชำนาญการ มาแล้วไม่น้อยกว่า 4 ปี

ตัวอย่าง "ขาดเวลาหนึ่งวัน"
  ตำแหน่ง: หัวหน้าฝ่ายตัวอย่าง
  ณ วันที่: 30 ธันวาคม 2569
  บุคคล:
    education: [{degree: ปริญญาตรี, field: นิติศาสตร์}]
    postings: [{type: วิชาการ, level: ชำนาญการ, from: 2566-01-01}]
    experience: []
  ผล: ไม่มีสิทธิ
  เพราะข้อ: my_notice.q.2
""",
        "en": """# A new position, its qualifications, and an example that tests them. For names: lgreason kb words
define position my_series.early.head
  name: "หัวหน้าฝ่ายตัวอย่าง ระดับต้น" / "sample section head, early level"
  also: "หัวหน้าฝ่ายตัวอย่าง", "sample section head"
  type: local managerial
  level: early
  series: general administration
  rank: 1

rule my_notice.q
  document: std.general_admin
  place: "คุณสมบัติ" / "qualifications"
  qualifies for: sample section head
  provides that the person must meet all of the following:
    (1) hold a bachelor's degree in political science or law
    (2) hold or have held academic, professional for not less than 4 years

example "one day short"
  position: sample section head
  as of: 30 December 2026
  person:
    education: [{degree: bachelor, field: law}]
    postings: [{type: academic, level: professional, from: 2023-01-01}]
    experience: []
  verdict: ineligible
  because of: my_notice.q.2
""",
    },
    "rule": {
        "th": """# ข้อหนึ่งของประกาศ · เปลี่ยนรหัส เอกสาร ที่ และประโยค แล้วตรวจด้วย: lgreason rules check
กฎ my_notice.item1
  เอกสาร: std.general_admin
  ที่: "ข้อ ๑" / "item 1"
  ใช้บังคับ: ตั้งแต่ 1 ตุลาคม 2569
  กำหนดว่า ต้องปฏิบัติงานนโยบายและแผน มาแล้วไม่น้อยกว่า 1 ปี
""",
        "en": """# One item of a notice: change the id, document, place and sentence, then: lgreason rules check
rule my_notice.item1
  document: std.general_admin
  place: "ข้อ ๑" / "item 1"
  in force: from 1 October 2026
  provides that the person must have done policy and planning for not less than 1 year
""",
    },
    "amendment": {
        "th": """# ประกาศแก้ไข · ใช้ถ้อยคำของคณะกรรมการได้ตามเดิม ข้ออื่นที่มิได้ระบุคงเดิม
กฎ my_amendment.no2
  เอกสาร: std.general_admin
  ที่: "ฉบับที่ ๒ ข้อ ๑" / "No. 2, item 1"
  กำหนดว่า ให้แก้คำว่า "๔ ปี" ในระดับกลาง ข้อ ๒.๒ เป็น "๕ ปี" ทั้งนี้ ตั้งแต่วันที่ ๑ ตุลาคม ๒๕๖๙
""",
        "en": """# An amending notice, in the words of the committee; what is not named stays as it is
rule my_amendment.no2
  document: std.general_admin
  place: "ฉบับที่ ๒ ข้อ ๑" / "No. 2, item 1"
  provides that the words "4 years" in mid level, item 2.2 are replaced by "5 years" with effect from 1 October 2026
""",
    },
}
