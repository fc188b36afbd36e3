import { Controller, Post, type Type } from '@nestjs/common';
import { PATH_METADATA } from '@nestjs/common/constants';
import type { Locator, Page } from 'playwright-core';
import { defined } from '@tichet-albastru/kernel/defined';
import {
  everyFormSaysWhatItKeeps,
  type FormKeeping,
  formMetadata,
  formsOf,
  KeepsTyped,
} from '../../../../src/infrastructure/web/forms/stored-form';
import { actForms } from '../../../../src/infrastructure/web/meetings/all-act-forms';
import { aboutAct, acts } from '../../../../src/infrastructure/web/meetings/acts';
import { pages } from '../../../../src/infrastructure/web/web.module';
import { formsTriedOverHttp } from '../forms/tried-over-http';
import { allStates } from '../states';
import { anotherRecordingDeletedForm, recordingDeletedForm } from '../states/meetings';
import { enterAs, type PageState } from '../states/state';
import { violationsOf } from './support/accessibility';
import { demonstrated, type Person } from './support/browser';
import { demonstrationDay } from './support/demonstration';

/** A form as its handler declares it: where it is sent, by the routes that Nest knows. */
type SentTo = { readonly name: string; readonly path: string };

const pathsIn = (target: object): readonly string[] => [Reflect.getMetadata(PATH_METADATA, target) as string | string[]].flat();
const isTypedAct = (path: string): boolean => acts.some((act) => aboutAct[act].path === path && !actForms[act].nothingTyped);
/** What a route leads to by a name in its address; of the acts on a meeting each has a form of its own. */
const actsOf = (path: string, others: readonly string[]): readonly string[] =>
  path.endsWith('/:act')
    ? acts
        .map((act) => path.replace(':act', aboutAct[act].path))
        .filter((one) => !others.includes(one) && isTypedAct(one.split('/').at(-1) ?? ''))
    : [path];

/** Every form into which something is typed, by reflection: what its handler says it keeps. */
const keptForms = (controllers: readonly Type[]): readonly SentTo[] => {
  const kept = formsOf(controllers).filter(({ handler }) => (Reflect.getMetadata(formMetadata, handler) as FormKeeping).kind === 'kept');
  const routes = kept.flatMap(({ name, handler, controller }) =>
    pathsIn(controller).flatMap((folder) =>
      pathsIn(handler).map((path) => ({ name, path: `/${folder}/${path}`.replace(/\/{2,}/g, '/').replace(/\/$/, '') })),
    ),
  );
  const paths = routes.map(({ path }) => path);
  return routes.flatMap(({ name, path }) => actsOf(path, paths).map((one) => ({ name, path: one })));
};

/** The states in which the form is looked at that is sent there. What nobody has written here is red. */
const statesOf: Readonly<Record<string, readonly string[]>> = {
  '/administrare/functionar/:id/plecare': ['staff-leaving'],
  '/administrare/oprite/:id/omitere': ['parked-skip'],
  '/administrare/oprite/grup/:group/omitere': ['parked-skip-all'],
  '/administrare/pastrare': ['retention-waiting'],
  '/administrare/functionari/nou': ['staff-new'],
  '/administrare/functionar/:id': ['staff-person'],
  '/administrare/calendar': ['calendar'],
  '/administrare/stergere': ['erasure'],
  '/administrare/stergere/tichet/:reference': ['erasure-preview'],
  '/administrare/stergere/tichet/:reference/restrictionare': ['restriction'],
  '/administrare/stergere/tichet/:reference/restrictionare/ridicare': ['restriction-lift'],
  '/administrare/stergere/tichet/:reference/rezolutie': ['erasure-conclusions'],
  '/administrare/stergere/cerere/:number/:filedOn': ['erasure-preview-of-a-request'],
  '/programare/contact': ['booking-contact-phone'],
  '/programari/:id/repartizare': ['meetings-form-repartizare'],
  '/programari/:id/reprogramare': ['meetings-form-reprogramare', 'meetings-form-reprogramare-after-absence'],
  '/programari/:id/anulare': ['meetings-form-anulare'],
  '/programari/:id/link': ['meetings-form-link'],
  '/programari/:id/incheiere': ['meetings-form-incheiere'],
  '/programari/:id/neprezentare': ['meetings-form-neprezentare'],
  '/programari/:id/rezolutie': ['meetings-form-rezolutie'],
  '/programari/:id/predare': ['meetings-form-predare'],
  '/programari/:id/inregistrare': ['meetings-form-inregistrare'],
  '/programari/:id/fara-inregistrare': ['meetings-form-fara-inregistrare'],
  '/programari/:id/inregistrare-refuzata': ['meetings-form-inregistrare-refuzata'],
  '/programari/:id/continuare': ['meetings-form-continuare'],
  '/programari/:id/inregistrare-stearsa': ['meetings-form-inregistrare-stearsa'],
  '/programari/:id/instiintare': ['meetings-form-instiintare-after-absence'],
  '/registratura/cerere': ['registry-request-new'],
  '/registratura/cereri/:number/:filedOn/modificare': ['registry-request-change'],
  '/registratura/cereri/:number/:filedOn/raspuns': ['registry-answer'],
  '/registratura/cereri/:number/:filedOn/solicitant': ['registry-dispute'],
  '/program/:id/absente': ['absence-check-without-meetings'],
  '/program/:id/ore': ['hours-check'],
  '/program/:id/inlocuitori': ['deputies-of-a-colleague'],
  '/program/:id/plecare': ['departure-plan'],
  '/pauze': ['pause-check'],
  '/program/:id/scrisori': ['letters-own'],
  '/termene/:number/:filedOn/admitere': ['windows-late-admission'],
  '/termene/:number/:filedOn/aceeasi-ora': ['windows-active-ticket'],
  '/tichet/:reference/anulare': ['booking-ticket-cancel'],
};

type Sent = Readonly<Record<string, string>>;
/** To erase is confirmed anew each time. */
const notKept = `['once', 'confirm']`;
const sentNow = async (page: Page): Promise<Sent> =>
  await page.evaluate<Sent>(
    `Object.fromEntries([...new FormData(document.querySelector('form[data-keep]') ?? undefined)].filter(([name]) => !${notKept}.includes(name)))`,
  );
const formIn = (page: Page): Locator => page.locator('form[data-keep]').first();
const fieldsIn = (page: Page, kind = ''): Locator =>
  formIn(page).locator(kind === '' ? 'input:visible:not(.unseen), textarea:visible, select:visible' : kind);

let timesTyped = 0;
/** Fills in every field of the form as a person would, each time with another text: one of another time is not taken for it. @returns what the form would send now */
const typeInto = async (page: Page): Promise<Sent> => {
  const texts: Readonly<Record<string, string>> = {
    date: '2027-06-14',
    time: '11:25',
    email: 'ciorna@exemplu.ro',
    url: 'https://exemplu.ro/ciorna',
    text: '17',
    tel: '0740 000 000',
  };
  timesTyped += 1;
  for (const field of await fieldsIn(page).all()) {
    const kind = await field.evaluate<string, HTMLElement>((one) =>
      one.tagName === 'INPUT' ? (one.getAttribute('type') ?? '') : one.tagName,
    );
    if (kind === 'TEXTAREA') await field.fill(`Ce s-a scris aici de ${String(timesTyped)} ori\nnu se pierde.`);
    else if (kind === 'SELECT') await field.selectOption({ index: 1 }).catch(() => []);
    else if (kind === 'radio' || kind === 'checkbox') await field.check();
    else if (texts[kind] !== undefined) await field.fill(texts[kind]);
  }
  return sentNow(page);
};

/** Makes the form one that is refused. @returns false where nothing that one could type into it is */
const spoil = async (page: Page): Promise<boolean> => {
  const long = fieldsIn(page, 'textarea:visible');
  const line = fieldsIn(page, ['text', 'tel', 'url', 'email'].map((type) => `input[type=${type}]:visible`).join());
  const times = fieldsIn(page, 'input[type=date]:visible, input[type=time]:visible');
  if ((await long.count()) > 0) await long.first().fill('Prea lung. '.repeat(1_200).trim());
  else if ((await line.count()) > 0) await line.first().fill('x'.repeat(1_300));
  else if ((await times.count()) > 1) await times.last().fill('');
  else return false;
  return true;
};

const here = demonstrated('recordings-kept-for-days.cjs');

/** A shared account and a citizen on the way to a ticket have their drafts in one session only. */
const isShared = ({ as }: PageState): boolean => as === 'citizen' || as.staffId === undefined;
const endSession = ({ context }: Person): Promise<void> => context.clearCookies({ name: /tichet$/ });
/** Sends the form, whatever it says. @returns with what status it was answered */
const send = async (page: Page): Promise<number> => {
  const button = formIn(page).locator('button:not(.link)').last();
  const isSending = page.waitForResponse((response) => response.request().method() === 'POST' && response.request().isNavigationRequest());
  const [response] = await Promise.all([isSending, page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState();
  return response.status();
};
/** Enters as the same person on the page where one signs in, which leads back. */
const comeBack = async (page: Page, { as }: PageState): Promise<void> => {
  if (as === 'citizen') return;
  const input = as.staffId === undefined ? `input[name=role][value=${as.role}]` : `input[name=staffId][value=${as.staffId}]`;
  await page.locator(`form:has(${input}) button`).first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/intra'));
  await page.waitForLoadState();
};
const leadsTo = (action: string, path: string): boolean =>
  new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`).test(new URL(action, here.demonstration.url).pathname);

/** What is gone of what was typed, by where it was looked for. */
/** `patience`: how long what was typed may take to be saved, in milliseconds; as long as a browser waits for anything where it is left out */
const lossesOf = async (state: PageState, person: Person, script: boolean, path: string, patience?: number): Promise<readonly string[]> => {
  const { page, context } = person;
  await enterAs(page, state.as);
  await state.reach(page, here.demonstration);
  await page.waitForLoadState();
  const action = (await formIn(page).getAttribute('action')) ?? '';
  if (!leadsTo(action, path)) return [`its form is sent to ${action}`];
  const losses: string[] = [];
  let typed = await typeInto(page);
  const look = async (where: string, at: Page = page, but = ''): Promise<void> => {
    const now = (await at.locator('form[data-keep]').count()) === 0 ? {} : await sentNow(at);
    for (const [name, text] of Object.entries(typed)) {
      if (name !== but && now[name] !== text) losses.push(`${name}, ${where}: ${now[name] ?? 'nothing'}`);
    }
  };
  const lookElsewhere = async (when: string): Promise<void> => {
    const here = page.url();
    const tab = await context.newPage();
    await tab.goto(here);
    await look(`${when}, in another tab`, tab);
    await tab.close();
    await page.goto('/');
    await page.goBack();
    await look(`${when}, after Back`);
  };
  if (script) {
    // the last key was pressed a moment ago
    const isSaved = page.locator('form[data-keep]:not([data-unsaved]) [data-kept]:not(:empty)').first();
    if ((await fieldsIn(page).count()) > 0)
      await isSaved.waitFor(defined({ timeout: patience })).catch(() => losses.push('nothing was kept while it was typed'));
    await lookElsewhere('as one types');
  } else if (await spoil(page)) {
    // without the script, what was sent is kept
    const here = page.url();
    typed = await sentNow(page);
    const status = await send(page);
    if (status < 400) losses.push(`it was not refused: ${status}`);
    await look('as it comes back');
    await page.goto(here);
    await look('as it is opened again');
    await lookElsewhere('sent and refused');
    typed = await typeInto(page);
  }
  const days = formIn(page).locator('button[name=mergi][value*="zi="]:not([aria-current])');
  if ((await days.count()) > 0) {
    const here = page.url();
    await Promise.all([page.waitForURL(/zi=/), days.nth(1).click()]);
    await page.waitForLoadState();
    await look('on another day', page, 'startsAt');
    await page.goto(here);
    await look('back on the first day');
  }
  if (isShared(state)) return losses;
  typed = await typeInto(page);
  await endSession(person);
  await send(page);
  await comeBack(page, state);
  await look('after the end of the session');
  await lookElsewhere('signed in again');
  return losses;
};

describe('what is typed into a form', () => {
  const named = (name: string): PageState => {
    const found = [...allStates, recordingDeletedForm].find((state) => state.name === name);
    if (found === undefined) throw new Error(`no state ${name}`);
    return found;
  };
  const tried = Object.entries(statesOf).flatMap(([path, names]) => names.map((name) => [path, name] as const));
  const pathOf = (name: string): string => tried.find(([, one]) => one === name)?.[0] ?? '';
  const untried = (controllers: readonly Type[]): readonly string[] =>
    keptForms(controllers)
      .map(({ path }) => path)
      .filter((path) => (statesOf[path] ?? []).length === 0 && !formsTriedOverHttp.includes(path));

  it('is kept, or it is said why not: a form that says neither does not start, and one that nobody tries is red', () => {
    expect(untried(pages)).toEqual([]);
    const known = keptForms(pages).map(({ path }) => path);
    expect(Object.keys(statesOf).filter((path) => !known.includes(path))).toEqual([]);
    @Controller('nou')
    class Careless {
      @Post('formular')
      take(): void {
        throw new Error('nobody sends this');
      }
    }
    expect(() => {
      everyFormSaysWhatItKeeps([Careless]);
    }).toThrow('Careless.take');
    KeepsTyped()(Careless.prototype, 'take', Object.getOwnPropertyDescriptor(Careless.prototype, 'take') ?? {});
    expect(untried([...pages, Careless])).toEqual(['/nou/formular']);
  });

  // each of them in the long form, npm run test:long; else every fourth
  it.each(tried.filter((_, index) => process.env['FAULTS'] === 'full' || index % 4 === 0))(
    'survives the end of the session, another tab, another day and Back, with and without JavaScript: %s, %s',
    async (path, name) => {
      for (const javaScriptEnabled of [true, false]) {
        const person = await here.newPerson({ javaScriptEnabled });
        const losses = await lossesOf(named(name), person, javaScriptEnabled, path);
        expect([javaScriptEnabled, losses, person.complaints]).toEqual([javaScriptEnabled, [], []]);
        await person.context.close();
        await here.demonstration.moveClockTo(demonstrationDay);
      }
    },
  );

  it.each([
    ['with', recordingDeletedForm],
    ['without', anotherRecordingDeletedForm],
  ] as const)(
    'A13: is sent as well: a recording that was deleted after its time, no earlier, %s JavaScript',
    async (script, { as, reach }) => {
      const { page } = await here.newPerson({ javaScriptEnabled: script === 'with' });
      await enterAs(page, as);
      await reach(page, here.demonstration);
      if (script === 'with') expect(await violationsOf(page)).toEqual([]);
      await page.locator('input[name=recordingId]').check();
      // on its last day, and a day ahead of the clock
      for (const date of ['2027-03-06', '2027-03-11']) {
        await page.locator('#date').fill(date);
        expect([date, await send(page)]).toEqual([date, date === '2027-03-06' ? 422 : 400]);
        await page.locator('.error-summary').waitFor();
      }
      await page.locator('#date').fill('2027-03-09');
      await send(page);
      expect(new URL(page.url()).search).toBe('?facut=recording-deleted');
      expect(await page.locator('a[href$="/inregistrare-stearsa"]').count()).toBe(0);
      await page.goto(page.url().replace(/\?.*/, '/inregistrare-stearsa'));
      expect(await page.locator('main').innerText()).toContain('Acum nu se poate');
    },
  );

  it('is shown to nobody else who signs in from the same browser', async () => {
    const { page } = await here.newPerson();
    await enterAs(page, { role: 'head', staffId: 'd01' });
    await named('meetings-form-rezolutie').reach(page, here.demonstration);
    const address = page.url();
    await page.locator('#conclusions').fill('Numai pentru cine a scris.');
    await page.locator('[data-kept]:not(:empty)').waitFor();
    await page.goto('/');
    await enterAs(page, { role: 'staff', staffId: 'd02' });
    await page.goto(address);
    expect(await page.content()).not.toContain('Numai pentru cine a scris.');
  });

  it('is lost by a page without the script where there is JavaScript, and this is seen', async () => {
    const person = await here.newPerson();
    await person.context.route('**/assets/*.js', (route) => route.abort());
    const losses = await lossesOf(named('absence-check-without-meetings'), person, true, pathOf('absence-check-without-meetings'), 3_000);
    expect(losses.join('\n')).toMatch(/while it was typed[^]*reason, as one types, in another tab/);
  });

  it('is lost by a page whose form does not say whom it was shown to where there is none, and this is seen', async () => {
    const person = await here.newPerson({ javaScriptEnabled: false });
    await person.context.route('**', async (route) => {
      const postData = route
        .request()
        .postData()
        ?.replace(/(?:^|&)once=[^&]*/, '');
      await route.continue(postData === undefined ? {} : { postData });
    });
    const losses = await lossesOf(named('meetings-form-rezolutie'), person, false, pathOf('meetings-form-rezolutie'));
    expect(losses.join('\n')).toMatch(/conclusions, sent and refused, in another tab[^]*conclusions, after the end of the session/);
  });
});
