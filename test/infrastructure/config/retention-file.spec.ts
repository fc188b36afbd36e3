import { defaultRetention } from '../../../src/domain/retention/retention';
import { readRetention } from '../../../src/infrastructure/config/retention-file';
import { readSettings } from '../../../src/infrastructure/config/settings';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';

const sentence = (content: unknown): string => {
  const read = readRetention(typeof content === 'string' ? content : JSON.stringify(content));
  return Array.isArray(read) ? read.map(({ ro, en }: { ro: string; en: string }) => `${ro} | ${en}`).join('\n') : '';
};

describe('TICHET_RETENTION_FILE', () => {
  it('sets periods; what it does not name keeps its default', () => {
    expect(readRetention('{"contact": "P2Y", "names": "P18M", "conclusions": null, "operational": "P3D"}')).toMatchObject({
      ...defaultRetention,
      contact: { text: 'P2Y', years: 2 },
      names: { text: 'P18M', months: 18 },
      operational: { text: 'P3D', days: 3 },
    });
  });
  it('without it nothing personal is erased by itself', () => {
    const { contact, names, conclusions, letters, operational } = readSettings({}, () => '').settings.retention;
    expect([contact, names, conclusions, letters, operational?.text]).toEqual([null, null, null, null, 'PT24H']);
  });
  it.each([
    ['{', 'JSON corect. | The file is not correct JSON'],
    ['[]', 'obiect JSON'],
    [{ archive: 'P10Y' }, 'nu le șterge niciodată'],
    [{ archive: null }, 'never deletes them'],
    [{ contacts: 'P1Y' }, 'Există: contact, names'],
    [{ contact: '2 ani' }, 'perioadă ISO 8601'],
    [{ contact: 'P0D' }, 'an ISO 8601 period'],
    [{ contact: 2 }, 'an ISO 8601 period'],
    [{ contact: 'PT1H' }, 'nu în ore'],
    [{ operational: null }, 'the disk would fill'],
    [{ operational: 'P5Y' }, 'erasure of a person does not reach them'],
    [{ operational: 'PT800H' }, '31 de zile'],
  ])('%j is refused in both languages', (content, words) => {
    expect(sentence(content)).toContain(words);
  });
  it('every fault keeps the service from starting', () => {
    const read = () => readSettings({ TICHET_RETENTION_FILE: 'r.json' }, () => '{"archive": "P1Y", "contact": "x"}');
    expect(read).toThrow(SettingsInvalid);
    expect(read).toThrow(/archive[\s\S]*ISO 8601/);
  });
});
