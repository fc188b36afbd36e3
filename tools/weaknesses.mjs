// Asks the package registry which of what runs has a known weakness: npm run weaknesses
// Ends with 0 where none is known, with 1 where one is, and with 2 where nobody could be asked, which is no answer.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 });

const reportOf = (text) => {
  try {
    const report = JSON.parse(text);
    return typeof report.auditReportVersion === 'number' && typeof report.vulnerabilities === 'object' ? report : undefined;
  } catch {
    return undefined;
  }
};
/** What it says of a package, or through which other one it is weak. */
const why = ({ via }) => [...new Set(via.map((one) => (typeof one === 'string' ? one : `${one.title} (${one.url})`)))].join('; ');

const report = reportOf(stdout ?? '');
if (report === undefined) {
  console.error('The registry could not be asked: whether a weakness is known of what runs is not known. Ask again where it answers.');
  process.exitCode = 2;
} else {
  const found = Object.entries(report.vulnerabilities);
  for (const [name, one] of found) console.error(`${name} ${one.range} (${one.severity}): ${why(one)}`);
  console.log(found.length === 0 ? 'No weakness is known of what runs.' : `Known weaknesses: ${found.length}.`);
  process.exitCode = found.length === 0 ? 0 : 1;
}
