"""Words: text as it is compared, numbers, dates and terms; and what people write, recognised."""
