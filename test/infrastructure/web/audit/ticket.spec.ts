import { checkIds } from '../../../../src/domain/audit/judge';
import { allProcesses } from '../../../../src/application/operation/all-processes';
import { actorInWords } from '../../../../src/infrastructure/phrasing/audit/step-text';
import { plainDate } from '../../../../src/infrastructure/phrasing/words/dates';
import { dayOfDue, momentBefore } from '../../../../src/domain/time/civil-time';
import { askApi, openPages, textOf, verdictsIn, verdictsOn, type Pages } from './support';

let pages: Pages;
beforeAll(async () => {
  pages = await openPages();
});

describe('a ticket', () => {
  it('shows the steps and the verdicts that the API tells', async () => {
    const id = pages.ticketOf('no-recording');
    const [{ steps }, audited, { text }] = await Promise.all([
      askApi(pages, `/${id}/history`),
      askApi(pages, `/${id}`),
      pages.get(`/audit/${id}`),
    ]);
    expect([...text.matchAll(/<small>[^<]*<code>(\w+)<\/code>/g)].map(([, type]) => type)).toEqual(steps.map((step) => step.type));
    expect(verdictsOn({ text })).toEqual(verdictsIn(audited));
    expect(Object.keys(verdictsOn({ text })).sort()).toEqual([...checkIds]);
  });

  it('shows what was owed of it, by the same two dates as the API and the checks, at the moment that is looked at (Art. 7)', async () => {
    const id = pages.ticketOf('overdue-resolution');
    const { duties, checks } = await askApi(pages, `/${id}?asOf=2026-03-06T08:00:00.000Z`);
    const sending = duties.find(({ kind }) => kind === 'send-resolution');
    const before = (await pages.get(`/audit/${id}?la=2026-03-06T08:00:00.000Z`)).text;
    const now = (await pages.get(`/audit/${id}`)).text;
    const english = (await pages.get(`/audit/${id}`, 'auditor', 'en')).text;

    expect(sending?.limitAt).toBe(checks.find((check) => check.id === 'C16')?.failsAt);
    for (const at of [sending?.targetAt, sending?.limitAt]) expect(before).toContain(`datetime="${at ?? ''}"`);
    expect(before).toContain(`class="deadline" datetime="${sending?.limitAt ?? ''}"`);
    expect(now).toContain(`class="deadline deadline-passed" datetime="${sending?.limitAt ?? ''}"`);
    expect(textOf({ text: before })).toContain('Ce s-a datorat, și până când');
    expect(textOf({ text: now })).toContain('nefăcut, termen-limită depășit');
    expect(textOf({ text: english })).toContain('not done, past the limit');
    expect(textOf({ text: english })).toContain('Sending the resolution, or handing it over');
  });

  it('ends the day of a limit at its 24:00, and never at the morning of the next: duties, checks, steps and facts (Art. 7)', async () => {
    const id = pages.ticketOf('overdue-resolution');
    const { duties, checks } = await askApi(pages, `/${id}`);
    const limitAt = duties.find(({ kind }) => kind === 'send-resolution')?.limitAt ?? '';
    const { steps } = await askApi(pages, `/${id}/history`);
    const held = steps.findIndex(({ type }) => type === 'Held') + 1;
    for (const locale of ['ro', 'en'] as const) {
      const day = plainDate(dayOfDue(limitAt), locale);
      const [before = '', now = '', step = ''] = await Promise.all(
        [`la=${momentBefore(limitAt)}`, '', `pas=${String(held)}`].map(async (asked) =>
          textOf(await pages.get(`/audit/${id}?${asked}`, 'auditor', locale)),
        ),
      );
      expect(before).toContain(`${day}, 24:00`);
      expect(now).toContain(locale === 'ro' ? 'de făcut, termen-țintă' : 'to be done, target');
      expect(now).toMatch(locale === 'ro' ? /Rezoluția, termen-țintă [^,]*, 10:44/ : /Resolution, target [^,]*, 10:44/);
      expect(step).toContain(locale === 'ro' ? `termen-limită ${day}, 24:00` : `limit ${day}, 24:00`);
      expect([before, now, step].join('\n')).not.toMatch(/, 00:00/);
    }
    const [year = '', month = '', day = ''] = dayOfDue(limitAt).split('-');
    expect(checks.find((check) => check.id === 'C16')?.text.ro).toContain(`${day}.${month}.${year}, 24:00`);
  });

  it('shows what was refused about it, with its sentence, and nothing where nothing was', async () => {
    const { service } = pages;
    const id = pages.ticketOf('moved-by-citizen');
    expect(textOf(await pages.get(`/audit/${id}`))).not.toContain('Încercări refuzate');
    const forgetting = { token: await service.token('admin'), body: { reason: 'motivul nu se vede' } };
    expect((await service.call('POST', `/api/v1/tickets/${id}/forget`, forgetting)).status).toBe(409);
    const shown = textOf(await pages.get(`/audit/${id}`));
    expect(shown).toContain('Încercări refuzate');
    expect(shown).toMatch(/: ștergerea datelor tichetului, funcționarul p\.admin Operațiunea nu este posibilă în starea actuală\./);
    expect(shown).not.toContain('motivul nu se vede');
    expect(textOf(await pages.get(`/audit/${id}`, 'auditor', 'en'))).toContain('Refused attempts');
    expect(textOf(await pages.get(`/audit/${id}?la=2026-03-02T10:00:00.000Z`))).not.toContain('Încercări refuzate');
  });

  it('names every part of the system that acts by itself, in both languages', async () => {
    for (const { name } of allProcesses.filter(({ name }) => name.startsWith('process-'))) {
      for (const locale of ['ro', 'en'] as const) {
        expect(actorInWords({ kind: 'system', id: name }, locale)).toMatch(/^(?:sistemul|the system) \([^-()]+\)$/u);
      }
    }
    expect(actorInWords({ kind: 'system', id: 'command-line' }, 'ro')).toBe('sistemul command-line');
    expect(textOf(await pages.get(`/audit/${pages.ticketOf('resolved')}`))).not.toContain('process-');
  });

  it.each([
    ['resolved', ['not-applicable', 'pending', 'pass']],
    ['no-recording', ['not-applicable', 'pending', 'fail']],
  ])('that was %s stands at each step as it stood then: its verdicts are those of the API at that moment', async (outcome, turns) => {
    const id = pages.ticketOf(outcome);
    const { steps } = await askApi(pages, `/${id}/history`);
    const recording: string[] = [];
    for (const [index, { at }] of steps.entries()) {
      const { text } = await pages.get(`/audit/${id}?pas=${index + 1}`);
      expect(text).toContain(`Cum arăta la pasul ${index + 1} din ${steps.length}`);
      expect(verdictsOn({ text })).toEqual(verdictsIn(await askApi(pages, `/${id}?asOf=${at}`)));
      recording.push(verdictsOn({ text })['C13'] ?? '');
    }
    expect([...new Set(recording)]).toEqual(turns);
  });

  it('turns from pending to fail by time alone, and says so beforehand', async () => {
    const id = pages.ticketOf('overdue-resolution');
    const audited = await askApi(pages, `/${id}`);
    const before = await askApi(pages, `/${id}?asOf=2026-03-06T08:00:00.000Z`);
    expect([verdictsIn(before)['C16'], verdictsIn(audited)['C16']]).toEqual(['pending', 'fail']);
    const failsAt = before.checks.find((check) => check.id === 'C16')?.failsAt ?? '';
    const page = await pages.get(`/audit/${id}?la=2026-03-06T08:00:00.000Z`);
    expect(verdictsOn(page)).toEqual(verdictsIn(before));
    expect(textOf(page)).toContain('Dacă nu se întâmplă nimic, nerespectată după');
    const [, after = ''] = /nerespectată după <a href="([^"]+)"/.exec(page.text) ?? [];
    expect(after).toContain(encodeURIComponent(failsAt.slice(0, 19)));
    expect(verdictsOn(await pages.get(`/audit/${id}?la=${failsAt}`))['C16']).toBe('warn');
    expect(verdictsOn(await pages.get(after))['C16']).toBe('fail');
    expect(textOf(page)).toContain('acum: Nerespectată');
    expect(textOf(page)).toContain('Priviți tichetul așa cum se știa la');
  });

  it('knew nothing before it was asked for, and may be looked at ahead of time', async () => {
    const id = pages.ticketOf('resolved');
    const before = await pages.get(`/audit/${id}?la=2026-01-01+00:00`);
    expect(before.status).toBe(200);
    expect(textOf(before)).toContain('La acest moment tichetul nu exista încă.');
    expect(textOf(before)).toContain('nu este nimic de verificat');
    expect(textOf(await pages.get(`/audit/${id}?la=2027-01-01+00:00`))).toContain('Momentul este în viitor');
  });

  it('tells a moment that is none, and shows now', async () => {
    const id = pages.ticketOf('resolved');
    const answer = await pages.get(`/audit/${id}?la=%3Cscript%3Ealert(1)%3C/script%3E`);
    expect(answer.status).toBe(422);
    expect(answer.text).not.toContain('<script>alert');
    expect(verdictsOn(answer)).toEqual(verdictsIn(await askApi(pages, `/${id}`)));
  });

  it('leads from each evidence to its step, or names the event of another stream', async () => {
    const id = pages.ticketOf('resolved');
    const { text } = await pages.get(`/audit/${id}`);
    expect(text).toContain(`href="/audit/${id}?pas=1#pas">pasul 1</a>`);
    expect(textOf({ text })).toMatch(/cererea: RequestRegistered ?, \d+ \p{L}+ 2026, \d\d:\d\d:\d\d/u);
    expect(text).not.toContain('evenimentul <code>');
    expect(text).toContain('href="/procedura#art-4"');
  });

  it('is not found when there is none, whatever stands in its place', async () => {
    for (const id of ['0197bd6c-0000-7000-8000-000000000000', 'x', '%3Cscript%3E', "'--"]) {
      const answer = await pages.get(`/audit/${id}`);
      expect([400, 404]).toContain(answer.status);
      expect(answer.text).not.toContain('<script>');
    }
    expect((await pages.get(`/audit/${pages.ticketOf('resolved')}/eveniment/999`)).status).toBe(404);
    expect((await pages.get(`/audit/${pages.ticketOf('resolved')}/eveniment/0`)).status).toBe(404);
  });

  it('is told in English as well', async () => {
    const text = textOf(await pages.get(`/audit/${pages.ticketOf('moved-by-staff')}?pas=5`, 'auditor', 'en'));
    expect(text).toContain('How it stood at step 5 of');
    expect(text).toContain('[sealed]');
    expect(text).not.toMatch(/\b(pasul|acum|la acest pas|Respectată|sigilat)\b/);
  });
});
