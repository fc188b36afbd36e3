import type { Forms } from '../../words/counted';
import type { Words } from '../../words/both';
import type { Imported } from '../reports/kept-report';
import type { WrongSending } from './sent-lines';

type ImportWords = {
  readonly titles: Readonly<Record<Imported, string>>;
  readonly leads: Readonly<Record<Imported, string>>;
  readonly back: Readonly<Record<Imported, string>>;
  readonly columns: string;
  readonly rules: readonly string[];
  readonly file: string;
  readonly fileHint: string;
  readonly text: string;
  readonly textHint: string;
  readonly send: string;
  readonly summary: string;
  readonly wrong: Readonly<Record<WrongSending, string>>;
  readonly reportTitle: string;
  readonly outcome: (imported: string, lines: string) => string;
  readonly lines: Forms;
  readonly allIn: string;
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
    text: 'Sau câteva linii, lipite aici',
    textHint: 'Cu tot cu antet; cel mult 100 KiB.',
    send: 'Importă',
    summary: 'Nu s-a importat nimic',
    wrong: {
      nothing: 'Alegeți un fișier sau lipiți liniile lui.',
      both: 'Ați ales un fișier și ați lipit și linii. Trimiteți numai unul dintre ele.',
      'too-long': 'Textul lipit are peste 100 KiB. Trimiteți-l ca fișier.',
    },
    reportTitle: 'Raportul importului',
    outcome: (imported, lines) => `Au intrat ${imported} din ${lines}.`,
    lines: { one: 'o linie', few: '# linii', other: '# de linii' },
    allIn: 'Nicio greșeală.',
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
    text: 'Or a few lines, pasted here',
    textHint: 'With the header; at most 100 KiB.',
    send: 'Import',
    summary: 'Nothing was imported',
    wrong: {
      nothing: 'Choose a file, or paste its lines.',
      both: 'You chose a file and pasted lines as well. Send only one of them.',
      'too-long': 'The text pasted is over 100 KiB. Send it as a file.',
    },
    reportTitle: 'Report of the import',
    outcome: (imported, lines) => `${imported} of ${lines} went in.`,
    lines: { one: 'one line', other: '# lines' },
    allIn: 'No faults.',
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
