// Tells what became of the mutants of a report of StrykerJS: node tools/mutants/judge.mjs REPORT [LEDGER]. Ends with 1 where a mutant survives
// without a reason in the ledger, where the ledger has a reason for one that does not survive, or where less is killed than must be.
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

/** Of a hundred mutants that the compiler lets through. */
const mustBeKilled = 92;
const [reportFile, ledgerFile = join(import.meta.dirname, 'ledger.json')] = process.argv.slice(2);
const { files, projectRoot = process.cwd() } = JSON.parse(readFileSync(reportFile, 'utf8'));
const ledger = JSON.parse(readFileSync(ledgerFile, 'utf8'));

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
for (const [path, { source, mutants }] of Object.entries(files)) {
  const file = relative(projectRoot, resolve(projectRoot, path));
  const folder = file.split('/').slice(0, 3).join('/');
  const count = folders.get(folder) ?? { killed: 0, explained: 0, unexplained: 0, refused: 0 };
  folders.set(folder, count);
  for (const mutant of mutants) {
    if (mutant.status === 'Killed' || mutant.status === 'Timeout') count.killed += 1;
    if (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage') continue;
    const { line, becomes, mutated } = named(source, mutant);
    const entry = ledger.find((each) => each.file === file && each.line === line && each.becomes === becomes && each.reason.trim() !== '');
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
  const isHere = Object.keys(files).some((path) => relative(projectRoot, resolve(projectRoot, path)) === entry.file);
  if (!isHere || used.has(entry)) continue;
  fault = true;
  say(`${entry.file}: the ledger has a reason for a mutant that does not survive\n  - ${entry.line}\n  + ${entry.becomes}`);
}
if (percent(all) < mustBeKilled) {
  fault = true;
  say(`${String(percent(all))} % are killed, ${String(mustBeKilled)} % must be.`);
}
process.exitCode = fault ? 1 : 0;
