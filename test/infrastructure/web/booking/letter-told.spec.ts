import type { LetterKind, LetterRecord } from '../../../../src/application/kernel/ports/operations';
import { startSeeded, type Service } from '../../../http/support/service';
import { BrowserOf } from './browser-of';
import { toCodeOfTicket } from './ways';
import { awaitedCodeOf } from '../../../support/codes';

let service: Service;
let browser: BrowserOf;
let ticketId: string;

beforeEach(async () => {
  service = await startSeeded();
  browser = new BrowserOf(service);
  ticketId = await toCodeOfTicket(service, browser);
});

const letter = (kind: LetterKind, state: LetterRecord['state']): Promise<void> =>
  service.ports.operations.outbox.note({ letterId: `${kind}-1`, ticketId, kind, state, at: service.ports.clock.now(), attempts: 1 });
const leadOf = (text: string): string => /<p class="lead">(.*?)<\/p>/su.exec(text)?.[1]?.replace(/<[^>]+>/gu, '') ?? text;

describe('the citizen is told where the letter is', () => {
  it('Art. 3 e: on the page of the code: on its way, not left yet, left, not to be delivered', async () => {
    const told = async (): Promise<string> => leadOf((await browser.get('/programare/cod')).text);
    expect(await told()).toBe('Trimitem un cod la andrei@exemplu.ro. De obicei ajunge într-un minut.');
    await letter('code', 'failed');
    expect(await told()).toContain('Codul pentru andrei@exemplu.ro nu a plecat încă');
    expect((await browser.get('/programare/cod?facut=cod')).text).not.toContain('Am trimis un cod');
    await letter('code', 'accepted');
    expect(await told()).toBe('Am trimis un cod la andrei@exemplu.ro. De obicei ajunge într-un minut.');
    await letter('code', 'bounced');
    expect(await told()).toContain('nu a putut fi livrată la andrei@exemplu.ro. Verificați adresa');
  });

  it('on the page of the ticket, which is valid either way; of letters with codes nothing', async () => {
    const code = await awaitedCodeOf(service.ports, ticketId);
    const { location } = await browser.send('/programare/cod', { code });
    const told = async (): Promise<readonly string[]> => {
      const { text } = await browser.get(location);
      const sentences = ['Confirmarea, cu tot ce scrie aici', 'nu a plecat încă', 'nu a putut fi livrat', 'este valabil'];
      return sentences.filter((sentence) => text.includes(sentence));
    };
    await letter('code', 'failed');
    await letter('opening', 'failed');
    expect(await told()).toEqual(['Confirmarea, cu tot ce scrie aici']);
    await letter('invitation', 'failed');
    expect(await told()).toEqual(['nu a plecat încă', 'este valabil']);
    await letter('invitation', 'bounced');
    expect(await told()).toEqual(['nu a putut fi livrat', 'este valabil']);
    await letter('invitation', 'accepted');
    expect(await told()).toEqual(['Confirmarea, cu tot ce scrie aici']);
  });
});
