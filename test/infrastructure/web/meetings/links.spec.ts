import { meetingLinkFault, usualMeetingHosts } from '../../../../src/domain/ticket/meeting-link';
import { createTestPorts } from '../../../../src/infrastructure/testing/test-ports';
import { book, signIn, startOffice, ticketOf } from './support/office';

const bad: readonly string[] = [
  'http://primaria.webex.com/j/1',
  'javascript:alert(1)',
  'data:text/html,hello',
  'ftp://primaria.webex.com/j/1',
  '//primaria.webex.com/j/1',
  'https:primaria.webex.com/j/1',
  'https:\\\\primaria.webex.com\\j\\1',
  'https://',
  'https:///primaria.webex.com',
  'https://attacker.example/j/1',
  'https://webex.com.attacker.example/j/1',
  'https://attackerwebex.com/j/1',
  'https://attacker.example/webex.com',
  'https://attacker.example?.webex.com',
  'https://attacker.example#.webex.com',
  'https://primaria.webex.com@attacker.example/j/1',
  'https://user:password@primaria.webex.com/j/1',
  'https://@primaria.webex.com/j/1',
  'https://primaria.webex.com\\@attacker.example/j/1',
  'https://attacker.example\\.webex.com/j/1',
  'https://primaria.webex.com./j/1',
  'https://primaria.webex.com:8443/j/1',
  'https://primaria.w\u0435bex.com/j/1',
  'https://primaria.webex\uFF0Ecom/j/1',
  'https://primaria.web\u200Bex.com/j/1',
  'https://primaria.webex.com/j/\u202E1',
  'https://primaria.webex.com/j/\u2066a\u2069',
  'https://primaria.webex.com/j/%E2%80%AE1',
  'https://primaria.webex.com/j/\u00AD1',
  'https://primaria.webex.com/j/\u3164',
  'https://primaria.webex.com/j/\uFE0F1',
  'https://primaria.webex.com/j/%0d%0aX-Set: 1',
  'https://primaria.webex.com/j/ 1',
  'https://10.0.0.5/j/1',
  'https://[::1]/j/1',
  'https://webex.com%2eattacker.example/',
  `https://primaria.webex.com/${'j'.repeat(2100)}`,
];
const good: readonly string[] = [
  'https://webex.com/j/1',
  'https://primaria.webex.com/meet/1',
  'https://primaria.my.webex.com/primaria.my/j.php?MTID=m00aa11bb22cc33dd44ee55ff&x="y"',
  'HTTPS://PRIMARIA.WEBEX.COM/meet/1#now',
  'https://primaria.webex.com/meet/%C8%98edin%C8%9B%C4%83%201',
];

describe('Art. 5: the link of a meeting', () => {
  it.each(bad)('%j is no link of a meeting', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBeDefined();
  });

  it.each(good)('%j is one', (link) => {
    expect(meetingLinkFault(link, usualMeetingHosts)).toBeUndefined();
  });

  it('other hosts, and only those, where the city hall has said so', () => {
    const hosts = ['video.primaria.example', '10.0.0.5'];
    const faults = ['https://video.primaria.example/1', 'https://a.video.primaria.example/1', 'https://10.0.0.5/1', 'https://webex.com/1'];
    expect(faults.map((link) => meetingLinkFault(link, hosts))).toEqual([undefined, undefined, undefined, 'link-elsewhere']);
  });

  it('is refused by the API and by the page alike, and nothing comes of it', async () => {
    const service = await startOffice();
    const ticketId = await book(service, 'online');
    const token = await service.token('staff', 's002');
    const official = await signIn(service, 'staff', 's002');
    const taken: string[] = [];
    for (const joinUrl of bad) {
      const told = await service.call('POST', `/api/v1/tickets/${ticketId}/meeting-link`, { token, body: { joinUrl } });
      const shown = await official.fill(`/programari/${ticketId}/link`, { joinUrl });
      if (told.status !== 400) taken.push(`API ${String(told.status)} ${joinUrl}`);
      if (shown.status < 400) taken.push(`page ${String(shown.status)} ${joinUrl}`);
    }
    expect(taken).toEqual([]);
    expect((await ticketOf(service, ticketId)).meetingLink).toBeUndefined();
    const elsewhere = await official.fill(`/programari/${ticketId}/link`, { joinUrl: 'https://attacker.example/j/1' });
    expect(elsewhere.html).toContain('Nu duce la o gazdă la care se țin întâlniri.');
    for (const joinUrl of good)
      expect((await service.call('POST', `/api/v1/tickets/${ticketId}/meeting-link`, { token, body: { joinUrl } })).status).toBe(200);
  });

  it('follows the hosts that are set', async () => {
    const { cityHall } = createTestPorts();
    const service = await startOffice({ cityHall: { ...cityHall, meetingHosts: ['video.primaria.example'] } });
    const ticketId = await book(service, 'online');
    const token = await service.token('staff', 's002');
    const attach = async (joinUrl: string) =>
      (await service.call('POST', `/api/v1/tickets/${ticketId}/meeting-link`, { token, body: { joinUrl } })).status;
    expect([await attach('https://primaria.webex.com/j/1'), await attach('https://video.primaria.example/j/1')]).toEqual([400, 200]);
  });
});
