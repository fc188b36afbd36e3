import type { CivilDate } from '../../../domain/kernel/fact';
import { inBoth, type Sentence } from '../../phrasing/sentences';

/** What tichet was tried on, and when upstream goes on to maintenance and ends: https://github.com/nodejs/Release, schedule.json, December 2026. */
const lines: Readonly<Record<string, { readonly maintenance: CivilDate; readonly end: CivilDate }>> = {
  '20': { maintenance: '2024-10-22', end: '2026-04-30' },
  '22': { maintenance: '2025-10-21', end: '2027-04-30' },
  '24': { maintenance: '2026-10-20', end: '2028-04-30' },
  '26': { maintenance: '2027-10-20', end: '2029-04-30' },
};

/** A remark and no finding: a distribution may care for what upstream has left. */
export const nodeRelease = (version: string, today: CivilDate): Sentence => {
  const { active, maintained, ended, untried } = inBoth.cli.doctor.node;
  const [major = ''] = version.split('.');
  const line = lines[major];
  if (line === undefined) return untried({ version, tried: Object.keys(lines).join(', ') });
  const { maintenance, end } = line;
  if (today > end) return ended({ version, end, major });
  return today < maintenance ? active({ version, maintenance, end }) : maintained({ version, end });
};
