import type { Forms } from '../../../phrasing/words/counted';
import type { Words } from '../../../phrasing/words/both';
import type { Imported } from '../reports/kept-report';
import type { WrongSending } from './sent-lines';

type ImportWords = {
  readonly titles: Readonly<Record<Imported, string>>;
  readonly leads: Readonly<Record<Imported, string>>;
  readonly back: Readonly<Record<Imported, string>>;
  readonly columns: string;
  readonly rules: readonly string[];
  readonly fileTitle: string;
  readonly textTitle: string;
  readonly file: string;
  readonly fileHint: string;
  readonly text: string;
  readonly textHint: string;
  readonly send: string;
  readonly sendText: string;
  readonly summary: string;
  readonly wrong: Readonly<Record<WrongSending, string>>;
  readonly reportTitle: string;
  readonly outcome: (imported: string, lines: string) => string;
  readonly allIn: string;
  readonly empty: string;
  readonly noneIn: string;
  readonly someIn: string;
  readonly again: string;
  readonly faults: Forms;
  readonly leftOut: Forms;
  readonly line: string;
  readonly field: string;
  readonly message: string;
  readonly download: string;
  readonly mend: string;
  readonly another: string;
  readonly format: string;
};

export const importWords: Words<ImportWords> = {
  ro: {
    titles: { requests: 'Import de cereri dintr-un fișier', staff: 'Import de funcționari dintr-un fișier' },
    leads: {
      requests: 'Cererile înregistrate și răspunsurile comunicate, cum le dă sistemul de documente.',
      staff: 'Lista funcționarilor cu care se pot programa întâlniri.',
    },
    back: { requests: 'Registratură', staff: 'Funcționari' },
    columns: 'Coloanele, în antetul fișierului',
    rules: [
      'CSV: text UTF-8, coloane despărțite prin virgulă, prima linie este antetul. Sau NDJSON: câte un obiect pe linie, cu aceleași nume.',
      'Liniile fără greșeli intră. Fiecare linie cu greșeli apare în raport, cu numărul ei.',
      'Același fișier trimis din nou nu schimbă nimic: îl puteți îndrepta și trimite întreg.',
    ],
    file: 'Fișierul',
    fileHint: 'Oricât de mare; o linie are cel mult 16 KiB.',
    fileTitle: 'Un fișier',
    textTitle: 'Sau câteva linii',
    text: 'Liniile, lipite aici',
    textHint: 'Cu tot cu antet; cel mult 100 KiB.',
    send: 'Importă fișierul',
    sendText: 'Importă liniile',
    summary: 'Nu s-a importat nimic',
    wrong: {
      'no-file': 'Alegeți un fișier în care să fie ceva.',
      'no-text': 'Lipiți liniile, cu tot cu antet.',
      'too-long': 'Textul lipit are peste 100 KiB. Trimiteți-l ca fișier.',
    },
    reportTitle: 'Raportul importului',
    outcome: (imported, lines) => `Linii citite: ${lines}. Au intrat: ${imported}.`,
    allIn: 'Nicio greșeală.',
    empty: 'După antet nu este nicio linie.',
    noneIn: 'Nu a intrat nimic. Verificați antetul, virgulele și codarea UTF-8 (în Excel: Salvare ca, CSV UTF-8, cu virgula ca separator).',
    someIn: 'Liniile fără greșeli au intrat. Celelalte sunt mai jos: îndreptați-le în fișier și trimiteți-l din nou, întreg.',
    again: 'Ce era deja cunoscut a rămas cum era.',
    faults: { one: 'o greșeală', few: '# greșeli', other: '# de greșeli' },
    leftOut: {
      one: 'Încă o greșeală nu este arătată.',
      few: 'Încă # greșeli nu sunt arătate.',
      other: 'Încă # de greșeli nu sunt arătate.',
    },
    line: 'Linia',
    field: 'Coloana',
    message: 'Ce este greșit',
    download: 'Descarcă greșelile (CSV)',
    mend: 'Trimite fișierul îndreptat',
    another: 'Importă alt fișier',
    format: 'Cum arată fișierul',
  },
  en: {
    titles: { requests: 'Import requests from a file', staff: 'Import civil servants from a file' },
    leads: {
      requests: 'Registered requests and communicated answers, as the document system gives them.',
      staff: 'The list of civil servants with whom meetings can be booked.',
    },
    back: { requests: 'Registry', staff: 'Civil servants' },
    columns: 'The columns, in the header of the file',
    rules: [
      'CSV: UTF-8 text, columns separated by commas, the first line is the header. Or NDJSON: one object a line, with the same names.',
      'Lines without faults go in. Every line with faults stands in the report, with its number.',
      'The same file again changes nothing: you can mend it and send all of it.',
    ],
    file: 'The file',
    fileHint: 'As large as it is; a line has at most 16 KiB.',
    fileTitle: 'A file',
    textTitle: 'Or a few lines',
    text: 'The lines, pasted here',
    textHint: 'With the header; at most 100 KiB.',
    send: 'Import the file',
    sendText: 'Import the lines',
    summary: 'Nothing was imported',
    wrong: {
      'no-file': 'Choose a file that has something in it.',
      'no-text': 'Paste the lines, with their header.',
      'too-long': 'The text pasted is over 100 KiB. Send it as a file.',
    },
    reportTitle: 'Report of the import',
    outcome: (imported, lines) => `Lines read: ${lines}. Went in: ${imported}.`,
    allIn: 'No faults.',
    empty: 'There is no line after the header.',
    noneIn:
      'Nothing went in. Check the header, the commas and the UTF-8 encoding (in Excel: Save as, CSV UTF-8, with the comma as separator).',
    someIn: 'Lines without faults went in. The others are below: mend them in the file and send all of it again.',
    again: 'What was known already stayed as it was.',
    faults: { one: 'one fault', other: '# faults' },
    leftOut: { one: 'One more fault is not shown.', other: '# more faults are not shown.' },
    line: 'Line',
    field: 'Column',
    message: 'What is wrong',
    download: 'Download the faults (CSV)',
    mend: 'Send the mended file',
    another: 'Import another file',
    format: 'What the file looks like',
  },
};
