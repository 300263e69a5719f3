"""Papers: PDF by Typst, laid out for the reader and, where official, by Decree 30/2020/NĐ-CP."""
