"""Reads a workbook with nothing of ours: python3 read_workbook.py FILE prints its sheets as JSON, cells as [type, style, text]."""
import json
import sys
import zipfile
from xml.etree import ElementTree

MAIN = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'
OFFICE = '{http://schemas.openxmlformats.org/officeDocument/2006/relationships}'
PACKAGE = '{http://schemas.openxmlformats.org/package/2006/relationships}'


def text_of(cell):
    inline = cell.find(f'{MAIN}is/{MAIN}t')
    value = cell.find(f'{MAIN}v')
    return (inline if inline is not None else value).text or ''


with zipfile.ZipFile(sys.argv[1]) as archive:
    broken = archive.testzip()
    if broken is not None:
        sys.exit(f'{broken} is broken')
    tree = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    types = {one.get('PartName') for one in tree['[Content_Types].xml'] if one.get('PartName')}
    if {name.lstrip('/') for name in types} - set(tree):
        sys.exit('A part is named that is not there')
    relations = {one.get('Id'): one.get('Target') for one in tree['xl/_rels/workbook.xml.rels'].iter(f'{PACKAGE}Relationship')}
    formats = [(one.get('numFmtId'), one.get('formatCode')) for one in tree['xl/styles.xml'].iter(f'{MAIN}numFmt')]
    styles = [one.get('numFmtId') for one in tree['xl/styles.xml'].find(f'{MAIN}cellXfs')]
    sheets = []
    for sheet in tree['xl/workbook.xml'].iter(f'{MAIN}sheet'):
        root = tree[f'xl/{relations[sheet.get(OFFICE + "id")]}']
        pane = root.find(f'{MAIN}sheetViews/{MAIN}sheetView/{MAIN}pane')
        rows = [
            {cell.get('r'): [cell.get('t') or 'n', cell.get('s') or '0', text_of(cell)] for cell in row}
            for row in root.iter(f'{MAIN}row')
        ]
        sheets.append({'name': sheet.get('name'), 'frozen': dict(pane.attrib), 'rows': rows})
json.dump({'formats': dict(formats), 'styles': styles, 'sheets': sheets}, sys.stdout)
