import { readSettings } from '../../../src/infrastructure/config/settings';
import { SettingsInvalid } from '../../../src/infrastructure/config/setting-fault';

const read = (environment: Record<string, string>) => readSettings(environment, () => '').settings;
const faultsIn = (environment: Record<string, string>): readonly string[] => {
  try {
    read(environment);
    return [];
  } catch (error) {
    if (!(error instanceof SettingsInvalid)) throw error;
    return error.faults.map(({ setting }) => setting);
  }
};

describe('from where calendars are read', () => {
  it('nowhere, unless hosts are named', () => {
    expect(read({})).toMatchObject({ calendarHosts: [], calendarNetworks: [] });
    expect(read({ TICHET_CALENDAR_HOSTS: '' }).calendarHosts).toEqual([]);
  });

  it('a name means HTTPS; a port, or no encryption, must be written out', () => {
    const names = 'Outlook.Office365.com, calendar.example:8443, http://10.0.0.5:5232, https://calendar.example/';
    expect(read({ TICHET_CALENDAR_HOSTS: names }).calendarHosts).toEqual([
      'https://outlook.office365.com',
      'https://calendar.example:8443',
      'http://10.0.0.5:5232',
      'https://calendar.example',
    ]);
    expect(read({ TICHET_CALENDAR_NETWORKS: '10.20.0.0/16' }).calendarNetworks).toEqual(['10.20.0.0/16']);
  });

  it.each(['a host', 'calendar.example/private', '*.example', 'https://me:secret@calendar.example', 'a.example,,b.example', 'https://'])(
    '%s is no host',
    (text) => {
      expect(faultsIn({ TICHET_CALENDAR_HOSTS: text })).toEqual(['TICHET_CALENDAR_HOSTS']);
    },
  );

  it('a network is one, and never everything', () => {
    for (const text of ['inside', '0.0.0.0/0', '10.0.0.0/40']) {
      expect(faultsIn({ TICHET_CALENDAR_NETWORKS: text })).toEqual(['TICHET_CALENDAR_NETWORKS']);
    }
  });
});
