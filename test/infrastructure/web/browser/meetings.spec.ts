import { enterAs } from '../states/state';
import { demonstrated } from './support/browser';

const here = demonstrated();

const open = async (role: 'staff' | 'head', staffId: string) => {
  const person = await here.newPerson();
  await enterAs(person.page, { role, staffId });
  return person;
};
const call = async (path: string, token: string, body: object): Promise<Record<string, string>> => {
  const answer = await fetch(`${here.demonstration.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return (await answer.json()) as Record<string, string>;
};

describe('the calendar while it is open', () => {
  it('says and shows a booking, keeps the focus and where one has scrolled to, and shows the cancelling too', async () => {
    const { page, complaints } = await open('staff', 'd02');
    await page.setViewportSize({ width: 1280, height: 500 });
    await page.goto('/programari?data=2027-03-15');
    await page.getByText('Pagina se actualizează singură.').waitFor();
    const focused = page.locator('a.meeting', { hasText: 'Szabó Emese' });
    await focused.focus();
    await page.evaluate('window.scrollTo(0, 120)');
    expect(await page.evaluate('window.scrollY')).toBe(120);

    const [{ number, filedOn, name } = { number: '', filedOn: '', name: '' }] = here.demonstration.requests;
    const { bookingToken = '' } = await call('/requests/lookup', '', { requestNumber: number, applicantName: name, filedOn });
    const startsAt = '2027-03-16T07:00:00.000Z';
    const { ticketId = '', manageToken = '' } = await call('/tickets', bookingToken, { startsAt, mode: 'phone', phone: '0740 123 456' });
    await page.locator(`#m-${ticketId}`, { hasText: '09:00' }).waitFor();
    expect(await page.locator('[data-live-said]').innerText()).toMatch(/^Programările s-au schimbat la \d\d:\d\d:\d\d\.$/);
    expect(await page.locator('[role=status]').count()).toBe(1);
    // whichever change was fetched last, the focus is where it was
    await page.waitForFunction(`document.activeElement?.textContent?.includes('Szabó Emese')`);
    expect(await page.evaluate('window.scrollY')).toBe(120);

    await call(`/tickets/${ticketId}/cancel`, manageToken, {});
    await page.locator(`#m-${ticketId}`, { hasText: 'Anulată' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('works without JavaScript: a link loads it again, and a start is a form', async () => {
    const { page } = await here.newPerson({ javaScriptEnabled: false });
    await enterAs(page, { role: 'staff', staffId: 'd02' });
    await page.goto('/programari');
    await page.getByRole('link', { name: 'Reîncarcă' }).click();
    expect(await page.locator('a.meeting').count()).toBeGreaterThan(0);
  });
});

/** Tabs until this has the focus, as somebody without a mouse does. */
const tabTo = async (page: Awaited<ReturnType<typeof open>>['page'], selector: string): Promise<void> => {
  for (let tabs = 0; tabs < 80; tabs += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator(selector).evaluate((element) => element === element.ownerDocument.activeElement)) return;
  }
  throw new Error(`the keyboard does not reach ${selector}`);
};

describe('an afternoon without a mouse', () => {
  it('Art. 5–7: start, held, recording, resolution; after each the card says what was done and what is next', async () => {
    await here.demonstration.moveClockTo('2027-03-10T10:15:20.000Z');
    const { page, complaints } = await open('staff', 'd03');
    const act = async (to: RegExp): Promise<void> => {
      await tabTo(page, '#urmeaza');
      await page.keyboard.press('Enter');
      await page.waitForURL(to);
    };
    const send = async (): Promise<void> => {
      await tabTo(page, 'form.act button');
      await page.keyboard.press('Enter');
      await page.waitForURL(/facut=/);
    };
    const done = async (said: string): Promise<void> => {
      expect(await page.locator('.notice-good').innerText()).toContain(said);
      expect(await page.locator('.notice-good').evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
    };

    await page.goto('/programari/zi');
    await tabTo(page, 'a.meeting');
    await page.keyboard.press('Enter');
    await page.waitForURL(/programari\/[\da-f-]{36}$/);
    expect(await page.locator('h1').innerText()).toBe('Emil Groza');
    await act(/facut=start/);
    await done('Întâlnirea a început.');

    await here.demonstration.moveClockTo('2027-03-10T10:29:40.000Z');
    await act(/incheiere$/);
    // both times are filled in: the recorded start, and now
    await send();
    await done('Întâlnirea a fost notată ca ținută.');

    await act(/inregistrare$/);
    await tabTo(page, '#recordingId');
    await page.keyboard.type('WBX-7F31-0903');
    await tabTo(page, '#durationSeconds');
    await page.keyboard.type('13:40');
    await send();
    await done('Înregistrarea a fost notată.');

    await act(/rezolutie$/);
    await tabTo(page, '#conclusions');
    await page.keyboard.type('Se completează dosarul până vineri.');
    await send();
    await done('Rezoluția Tichetului albastru a fost emisă.');
    expect(await page.locator('.card-steps').innerText()).toContain('WBX-7F31-0903 (13:40)');
    expect(await page.locator('main').innerText()).toContain('Se completează dosarul până vineri.');
    expect(await page.locator('#urmeaza').count()).toBe(0);
    expect(complaints).toEqual([]);
  });
});
