// Tells what became of the mutants of reports of StrykerJS: node tools/mutants/judge.mjs LEDGER REPORT... Ends with 1 where a mutant survives
// without a reason in the ledger or with one that no second reader accepted, where the ledger has a reason for one that does not survive, or
// where less is killed than must be.
import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';

/** Of a hundred mutants that the compiler lets through. */
const mustBeKilled = 92;
const [ledger, ...reports] = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')));
const files = reports.flatMap(({ files: those, projectRoot = process.cwd() }) =>
  Object.entries(those).map(([path, { source, mutants }]) => ({
    file: relative(projectRoot, resolve(projectRoot, path)),
    source,
    mutants,
  })),
);
const isWritten = (text) => (text ?? '').trim() !== '';

const offsetIn = (source) => {
  const starts = [0];
  for (let at = source.indexOf('\n'); at >= 0; at = source.indexOf('\n', at + 1)) starts.push(at + 1);
  return ({ line, column }) => starts[line - 1] + column - 1;
};

/** A mutant as the ledger names it: the lines that it changes, and what they become. */
const named = (source, { location, replacement }) => {
  const offset = offsetIn(source);
  const [from, to] = [offset(location.start), offset(location.end)];
  const lineFrom = source.lastIndexOf('\n', from - 1) + 1;
  const lineTo = source.indexOf('\n', to) < 0 ? source.length : source.indexOf('\n', to);
  const plain = (text) => text.replace(/\s+/g, ' ').trim();
  return {
    line: plain(source.slice(lineFrom, lineTo)),
    becomes: plain(source.slice(lineFrom, from) + replacement + source.slice(to, lineTo)),
    mutated: source.slice(0, from) + replacement + source.slice(to),
  };
};

/** Whether the compiler refuses a file with this text: the tests need not. */
const compiler = async () => {
  // loaded late: mostly nobody needs it
  const { default: ts } = await import('typescript');
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, process.cwd());
  const texts = new Map();
  const versions = new Map();
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ ...options, noEmit: true }),
    getScriptFileNames: () => [...texts.keys()],
    getScriptVersion: (file) => String(versions.get(file) ?? 0),
    getScriptSnapshot: (file) => {
      const text = texts.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
    readDirectory: ts.sys.readDirectory,
  });
  const put = (file, text) => {
    texts.set(file, text);
    versions.set(file, (versions.get(file) ?? 0) + 1);
  };
  return (file, source, mutated) => {
    const path = resolve(file);
    put(path, mutated);
    const refused = service.getSyntacticDiagnostics(path).length + service.getSemanticDiagnostics(path).length > 0;
    put(path, source);
    return refused;
  };
};

let refuses;
const folders = new Map();
const unexplained = [];
const used = new Set();
for (const { file, source, mutants } of files) {
  const folder = file.split('/').slice(0, 3).join('/');
  const count = folders.get(folder) ?? { killed: 0, explained: 0, unexplained: 0, refused: 0 };
  folders.set(folder, count);
  for (const mutant of mutants) {
    if (mutant.status === 'Killed' || mutant.status === 'Timeout') count.killed += 1;
    if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') continue;
    const { line, becomes, mutated } = named(source, mutant);
    const entry = ledger.find((each) => each.file === file && each.line === line && each.becomes === becomes && isWritten(each.reason));
    if (entry) {
      used.add(entry);
      count.explained += 1;
    } else if ((refuses ??= await compiler())(file, source, mutated)) count.refused += 1;
    else {
      count.unexplained += 1;
      unexplained.push({ file, at: mutant.location.start.line, line, becomes, reached: mutant.status === 'Survived' });
    }
  }
}

let fault = false;
const say = (text) => console.log(text);
const percent = ({ killed, explained, unexplained: open }) => Math.floor((1000 * killed) / Math.max(1, killed + explained + open)) / 10;
const row = (name, count) =>
  `${name.padEnd(30)} ${String(count.killed).padStart(5)} killed, ${String(count.explained).padStart(3)} survive for a reason, ${String(count.unexplained).padStart(3)} for none, ${String(count.refused).padStart(3)} refused by the compiler: ${String(percent(count))} %`;
const all = { killed: 0, explained: 0, unexplained: 0, refused: 0 };
for (const [folder, count] of folders) {
  say(row(folder, count));
  for (const key of Object.keys(all)) all[key] += count[key];
}
say(row('all', all));
for (const { file, at, line, becomes, reached } of unexplained) {
  fault = true;
  say(`${file}:${String(at)} survives${reached ? '' : ', as no test reaches it'}\n  - ${line}\n  + ${becomes}`);
}
for (const entry of ledger) {
  if (!files.some(({ file }) => file === entry.file)) continue;
  if (used.has(entry) && isWritten(entry.secondReading)) continue;
  fault = true;
  const what = used.has(entry) ? 'no second reader accepted the reason' : 'the ledger has a reason for a mutant that does not survive';
  say(`${entry.file}: ${what}\n  - ${entry.line}\n  + ${entry.becomes}`);
}
if (percent(all) < mustBeKilled) {
  fault = true;
  say(`${String(percent(all))} % are killed, ${String(mustBeKilled)} % must be.`);
}
process.exitCode = fault ? 1 : 0;
