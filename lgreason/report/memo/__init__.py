"""The official memorandum (บันทึกข้อความ): its contents, as lines, as a document and as a Word file."""
