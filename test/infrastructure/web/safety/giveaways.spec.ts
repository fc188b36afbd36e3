import { giveawaysIn } from './giveaways';

const names = ['Țurcanu Ștefan', 'Oana Todoran', 'SC Zidaru Exemplu SRL'];

describe('what an address or a log line gives away', () => {
  it.each([
    ['a token', '/intra?token=eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYXVkaXRvciJ9.x'],
    ['a session', '/programari?s=2mHq0dXWb7G0B2u0b0y0Yl1y7cW3Dk5r8VnTqZs9PeA'],
    ['an address', '/tichet?email=ana.pop%40exemplu.ro'],
    ['an address that begins as an id does', '{"to":"5f7961fa-9046-5e9b-a496-0713268120b0@exemplu.ro"}'],
    ['a telephone number beside an id', '{"letterId":"5f7961fa-9046-5e9b-a496-0713268120b0","to":"0740123456"}'],
    ['a telephone number', '/tichet?t=0740+123+456'],
    ['a telephone number with the code of the country', '{"to":"+40740123456"}'],
    ['a name', '/cauta?q=turcanu'],
    ['a name in its own letters', `/cauta?q=${encodeURIComponent('Ștefan')}`],
    ['a name in a line', '{"msg":"ticket of Todoran"}'],
  ])('is found: %s', (_, text) => {
    expect(giveawaysIn(text, names)).not.toEqual([]);
  });

  it.each([
    '/programari/0198f5c2-7a31-7cc0-8c1d-2f6b9d1e4a77?facut=start',
    '{"letterId":"5f7961fa-9046-5e9b-a496-0713268120b0"}',
    '/assets/tichet.0123456789ab.css',
    '/termene?numar=154997%2F2021&depusa=2027-02-17',
    '/tichet/TA-7K3M9QXZ/deschide',
    '/rapoarte?de-la=2027-03-01&pana-la=2027-03-31',
    '{"level":"info","time":"2027-03-10T07:40:03.892Z","host":"127.0.0.1","port":40869,"msg":"service.started"}',
  ])('is not seen in what says nothing of anybody: %s', (text) => {
    expect(giveawaysIn(text, names)).toEqual([]);
  });
});
