import { join } from 'node:path';
import type { Role } from '../../../../src/application/kernel/access';
import { enterAs } from '../states/state';
import { violationsOf } from './support/accessibility';
import { demonstrated, type Person } from './support/browser';

const sample = (name: string): string => join(__dirname, '../../../../examples', name);
const here = demonstrated();

const enter = async (role: Role, options = {}): Promise<Person> => {
  const person = await here.newPerson(options);
  await enterAs(person.page, { role });
  return person;
};
/** @returns what the report says first */
const upload = async ({ page }: Person, path: string, file: string): Promise<string> => {
  await page.goto(path);
  await page.getByLabel('Fișierul').setInputFiles(file);
  await page.getByRole('button', { name: 'Importă fișierul' }).click();
  return (await page.getByRole('status').innerText()).replace(/\s+/g, ' ');
};

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('the samples of the project, uploaded %s', (_, javaScriptEnabled) => {
  it('go in: staff by the administrator, then requests by the registry, and the report can be reloaded', async () => {
    const admin = await enter('admin', { javaScriptEnabled });
    expect(await upload(admin, '/administrare/functionari/import', sample('staff.csv'))).toContain('Nicio greșeală.');
    await admin.page.getByRole('link', { name: 'Funcționari' }).first().click();
    expect(await admin.page.locator('main').innerText()).toContain('Corina Bărăian');

    const registry = await enter('registry', { javaScriptEnabled });
    const first = await upload(registry, '/registratura/import', sample('requests.csv'));
    expect(first).toContain('Nicio greșeală.');
    await registry.page.reload();
    expect((await registry.page.getByRole('status').innerText()).replace(/\s+/g, ' ')).toBe(first);
    await registry.page.getByRole('link', { name: 'Registratură' }).last().click();
    await registry.page.getByLabel('Număr cerere').fill('300.142');
    await registry.page.getByRole('button', { name: 'Caută' }).click();
    // numbering begins anew every January
    expect(await registry.page.locator('.entries li').count()).toBe(2);
    await registry.page.locator('.entries a').first().click();
    expect(await registry.page.locator('main').innerText()).toContain('Popescu I. Ion');
    for (const { complaints, context } of [admin, registry]) {
      expect(complaints).toEqual([]);
      await context.close();
    }
  });
});

describe('a faulty form', () => {
  it('is read out: the summary has the focus and leads to the field', async () => {
    const { page, complaints } = await enter('registry');
    await page.goto('/registratura/cerere');
    await page.getByRole('button', { name: 'Înregistrează' }).click();
    expect(await page.title()).toMatch(/^Eroare: /);
    expect(await page.evaluate('document.activeElement.className')).toBe('error-summary');
    await page.getByRole('link', { name: 'Numele solicitantului' }).click();
    expect(await page.evaluate('document.activeElement.id')).toBe('applicantName');
    expect(await violationsOf(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});

describe('the mailbox', () => {
  it('shows a letter in its frame, with the look that it has in a mail program, and the browser complains of nothing', async () => {
    const { page, complaints } = await here.newPerson();
    await page.goto('/dev/mailbox');
    await page.locator('.entry-name', { hasText: 'codul de validare' }).first().click();
    const code = await page.locator('.letter-code strong').innerText();
    expect(code).toMatch(/^\d{6}$/);
    const shown = page.frameLocator('iframe').getByText(code, { exact: true });
    expect(await shown.evaluate((element: Element) => element.outerHTML)).toContain('letter-spacing');
    expect(await shown.isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  });
});
