"""What customers write beside their score."""

from __future__ import annotations

GOOD = (
    "ใช้งานง่าย ทีมงานตอบเร็วมาก",
    "ปิดงบได้เร็วขึ้นเยอะ คุ้มค่ากับที่จ่ายไป",
    "แนะนำให้เพื่อนที่ทำธุรกิจเหมือนกันไปสองรายแล้ว",
    "ทีมซัพพอร์ตใจเย็น อธิบายจนเข้าใจ",
    "ระบบเสถียร ไม่เคยล่มช่วงสิ้นเดือนเลย",
    "Setup took two days and it has just worked since.",
    "The monthly reports save our accountant a full day.",
    "Support picks up the phone, which is rare these days.",
)
FAIR = (
    "โดยรวมโอเค แต่อยากให้ทำรายงานบนมือถือได้",
    "ใช้ได้ครับ ติดแค่ตอนนำเข้าข้อมูลครั้งแรกที่วุ่นวายหน่อย",
    "ราคากำลังดี ฟังก์ชันบางอย่างยังไม่ครบ",
    "ช่วงแรกต้องใช้เวลาเรียนรู้พอสมควร",
    "Good product. Exports could be faster.",
    "Fine for what we need; training material is thin.",
)
BAD = (
    "แจ้งปัญหาไปสามวันกว่าจะมีคนติดต่อกลับ",
    "ระบบช้ามากช่วงเช้า พนักงานหน้าร้านบ่นทุกวัน",
    "ขึ้นราคาตอนต่อสัญญาโดยไม่บอกล่วงหน้า",
    "ตอนขายบอกว่าทำได้ พอใช้จริงต้องจ่ายเพิ่ม",
    "เปลี่ยนคนดูแลบ่อย ต้องเล่าเรื่องใหม่ทุกครั้ง",
    "Two tickets open for weeks and nobody owns them.",
    "The mobile app logs us out several times a day.",
)
