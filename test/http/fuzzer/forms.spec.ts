import fc from 'fast-check';
import { roles } from '../../../src/application/kernel/access';
import { navigationOf } from '../../../src/infrastructure/web/page/navigation';
import { formRoutesOf } from '../../infrastructure/web/browser/support/routes';
import { addressOf } from '../../infrastructure/web/safety/support/addresses';
import { formsIn } from '../../infrastructure/web/safety/support/forms';
import { type HostileCity, startHostileCity } from '../../infrastructure/web/safety/support/hostile-city';
import { hostileTexts } from '../../infrastructure/web/safety/support/hostile-texts';
import { intrudersIn } from '../../infrastructure/web/safety/support/markup';
import { type Visitor, type VisitorName, visitorsOf } from '../../infrastructure/web/safety/support/visitors';
import { isPage, walk } from '../../infrastructure/web/safety/support/walk';

const requests = process.env['FAULTS'] === 'full' ? 1000 : 200;
const seed = Number(process.env['FUZZ_SEED'] ?? 2026);

type Fields = readonly (readonly [name: string, value: string])[];
type KnownForm = { readonly action: string; readonly fields: Fields };

/** What may be wrong with one field of a form. */
const oddities: Readonly<Record<string, (fields: Fields, place: number, text: string) => Fields>> = {
  'as it was shown': (fields) => fields,
  missing: (fields, place) => fields.filter((_, index) => index !== place),
  doubled: (fields, place) => [...fields, ...fields.slice(place, place + 1)],
  odd: (fields, place, text) => fields.map(([name, value], index) => [name, index === place ? text : value]),
  overlong: (fields, place) => fields.map(([name, value], index) => [name, index === place ? 'ă'.repeat(20_000) : value]),
  'one more': (fields, _, text) => [...fields, ['nimic', text], ['__proto__', text]],
};
const texts = fc.oneof(
  fc.constantFrom(...Object.values(hostileTexts), '-1', '0', '2026-02-30', '99999999999999999999', '[object Object]', 'true'),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** Refused at the door, or for what was sent; said by a page. */
const refused = [400, 401, 403, 404, 409, 410, 413, 415, 422, 429];
/** A wrong code counts, whatever was sent with it. */
const ofRefusals = ['VerificationFailed'];

/** Every form that somebody is shown, and every route that takes one, with the fields of the form that leads there. */
const formsOf = async (city: HostileCity, visitors: Readonly<Record<VisitorName, Visitor>>): Promise<readonly KnownForm[]> => {
  const found = new Map<string, KnownForm>();
  for (const role of roles)
    for (const { url, html } of await walk(
      visitors[role],
      navigationOf(role).map(({ href }) => href),
    ))
      for (const { method, action, fields } of formsIn(html)) {
        const to = action === '' ? url : action;
        if (method === 'POST')
          found.set(to.replace(/[\da-f]{8}-[\da-f-]{27}/g, ':'), { action: to, fields: fields.map(({ name, value }) => [name, value]) });
      }
  const routes = formRoutesOf(city.service.app).map(({ path }) => ({ action: addressOf(path, city), fields: [['once', '1']] as Fields }));
  return [...found.values(), ...routes].filter(({ action }) => action !== '/intra/iesire');
};

/** The facts after this position that somebody caused: who looked is noted, whatever they looked at. */
const factsAfter = async ({ service: { ports } }: HostileCity, after: string): Promise<readonly string[]> => {
  const facts: string[] = [];
  for await (const stored of ports.store.readAll(after === '' ? {} : { after }))
    if (!stored.stream.startsWith('reading-')) facts.push(ports.codec.decode(stored).fact.type);
  return facts.filter((type) => !ofRefusals.includes(type));
};

it(`whatever is sent into a form, by anybody, is answered by a page, and what is refused changes nothing (FUZZ_SEED=${seed})`, async () => {
  const city = await startHostileCity();
  const visitors = await visitorsOf(city.service, city.tickets);
  const forms = await formsOf(city, visitors);
  const names = Object.keys(visitors) as VisitorName[];
  const drawn = fc.sample(
    fc.record({
      form: fc.nat(),
      place: fc.nat(),
      name: fc.constantFrom(...names),
      how: fc.constantFrom(...Object.keys(oddities)),
      text: texts,
    }),
    { seed, numRuns: requests },
  );
  const faults: string[] = [];
  const seen = new Set<number>();
  for (const { form, place, name, how, text } of drawn) {
    const { action = '/', fields = [] } = forms[form % forms.length] ?? {};
    const sent = oddities[how]?.(fields, place % Math.max(1, fields.length), text) ?? fields;
    const before = await city.service.ports.store.end();
    const answer = await visitors[name].send(action, new URLSearchParams(sent.map(([field, value]) => [field, value])).toString());
    const { statusCode: status } = answer;
    const here = `${name}: ${action} ${how} ${JSON.stringify(text.slice(0, 40))}: ${status}`;
    seen.add(status);
    if (![200, 204, 303, ...refused].includes(status)) faults.push(here);
    if (![204, 303].includes(status) && !isPage(answer)) faults.push(`${here}: no page`);
    if (isPage(answer)) faults.push(...intrudersIn(answer.body).map((intruder) => `${here}: ${intruder}`));
    if (status === 303 && !/^\/(?!\/)/.test(String(answer.headers.location)))
      faults.push(`${here}: leads to ${String(answer.headers.location)}`);
    if (status === 303) continue;
    const facts = await factsAfter(city, before);
    if (facts.length > 0) faults.push(`${here}: ${facts.join(', ')}`);
  }
  expect(faults).toEqual([]);
  // they get somewhere: carried out, refused for who asked, and for what was sent
  expect([303, 403, 422].filter((status) => !seen.has(status))).toEqual([]);
});
