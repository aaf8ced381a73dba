"""What Word puts on the clipboard comes out clean."""

from relais.core.richtext import clean, plain

WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings><o:AllowPNG/></o:OfficeDocumentSettings></xml><![endif]-->
<style><!-- @font-face {font-family:"Cambria Math";} p.MsoNormal {margin:0cm; font-size:11.0pt;} --></style></head>
<body lang=FR style='tab-interval:35.4pt'><!--StartFragment-->
<h2 style='margin-top:2.0pt'><span style='mso-fareast-font-family:"Times New Roman"'>Consigner<o:p></o:p></span></h2>
<p class=MsoNormal style='text-align:justify'><b style='mso-bidi-font-weight:normal'><span style='color:red'>Couper</span></b> le
courant.<o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span><![endif]>Cadenasser</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr><td width=300 valign=top colspan=2>
<p class=MsoNormal>Vanne</p></td></tr></table>
<p class=MsoNormal><a href="https://example.org/x" style='x'>Lire</a><img width=10 src="file:///C:/Users/x/image001.png"
onerror="alert(1)"></p><script>alert(1)</script><!--EndFragment--></body></html>"""


def test_text_pasted_from_word_keeps_its_words_only() -> None:
    lines = [line for line in plain(clean(WORD)).splitlines() if line]

    assert lines == ["Consigner", "Couper le", "courant.", "· Cadenasser", "Vanne", "Lire"]


def test_text_pasted_from_word_keeps_its_shape_and_nothing_else() -> None:
    cleaned = clean(WORD)

    assert [tag for tag in ("<h2>", "<table>", 'colspan="2"', 'href="https://example.org/x"') if tag not in cleaned] == []
    assert [
        word for word in ("mso", "Mso", "style", "class", "<o:p", "script", "onerror", "file:", "<!--", "alert") if word in cleaned
    ] == []
