const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/package/2006/relationships';
const documentRelations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const contentType = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** What begins a worksheet; with a header its row stays in view. */
export function sheetBegin(hasHeader: boolean): string {
  const frozen =
    '<sheetViews><sheetView workbookViewId="0">' +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>' +
    '</sheetView></sheetViews>';
  return `${declaration}<worksheet xmlns="${main}">${hasHeader ? frozen : ''}<sheetData>`;
}

export const sheetEnd = '</sheetData></worksheet>';

/** The parts of a workbook beside its sheets, by path (ECMA-376 part 1, 8 and 12). */
export function packageParts(
  sheetCount: number,
): readonly (readonly [path: string, xml: string])[] {
  const sheets = Array.from({ length: sheetCount }, (_, index) => index + 1);
  const type = (path: string, name: string): string =>
    `<Override PartName="${path}" ContentType="${contentType}.${name}+xml"/>`;
  const relation = (id: string, name: string, target: string): string =>
    `<Relationship Id="${id}" Type="${documentRelations}/${name}" Target="${target}"/>`;
  return [
    [
      '[Content_Types].xml',
      `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        type('/xl/workbook.xml', 'sheet.main') +
        type('/xl/styles.xml', 'styles') +
        sheets.map((n) => type(`/xl/worksheets/sheet${n}.xml`, 'worksheet')).join('') +
        '</Types>',
    ],
    [
      '_rels/.rels',
      `${declaration}<Relationships xmlns="${relationships}">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${declaration}<workbook xmlns="${main}" xmlns:r="${documentRelations}"><sheets>` +
        sheets.map((n) => `<sheet name="Rows ${n}" sheetId="${n}" r:id="rId${n}"/>`).join('') +
        '</sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${declaration}<Relationships xmlns="${relationships}">` +
        sheets.map((n) => relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`)).join('') +
        relation(`rId${sheetCount + 1}`, 'styles', 'styles.xml') +
        '</Relationships>',
    ],
    ['xl/styles.xml', stylesPart],
  ];
}

/** General, a bold header, and text (number format 49, "@"): the order of `styles` in sheet-cell.ts. */
const stylesPart =
  `${declaration}<styleSheet xmlns="${main}">` +
  '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>' +
  '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
  '<fills count="2"><fill><patternFill patternType="none"/></fill>' +
  '<fill><patternFill patternType="gray125"/></fill></fills>' +
  '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
  '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
  '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>' +
  '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>' +
  '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>' +
  '</styleSheet>';
