/** What the fake Webex has in store. Ids are counted, so that a test can name them. */
export type FakeMeeting = {
  readonly id: string;
  title: string;
  start: string;
  end: string;
  readonly hostEmail: string;
  readonly invitees: readonly string[];
  readonly tags: readonly string[];
  readonly autoRecord: boolean;
};
export type FakeRecording = {
  readonly id: string;
  readonly meetingId: string;
  readonly hostEmail: string;
  readonly timeRecorded: string;
  readonly durationSeconds: number;
  status: 'available' | 'deleted' | 'purged';
};

/** Secrets that answers carry and that no fact, log line or letter may hold. */
export const secretsInAnswers = { password: 'BgJep43secret', hostKey: '987654321', recordingPassword: 'Rec0rdSecret' } as const;

/** Every field that the public description requires of a meeting. */
export const meetingShown = (meeting: FakeMeeting): Record<string, unknown> => ({
  id: meeting.id,
  meetingNumber: '123456789',
  title: meeting.title,
  password: secretsInAnswers.password,
  phoneAndVideoSystemPassword: '12345678',
  meetingType: 'meetingSeries',
  state: 'active',
  timezone: 'Europe/Bucharest',
  // as Webex writes instants: with an offset
  start: meeting.start.replace(/\.000Z$/, '+00:00'),
  end: meeting.end.replace(/\.000Z$/, '+00:00'),
  hostUserId: 'Y2lzY29zcGFyazovL3VzL1BFT1BMRS8x',
  hostDisplayName: 'Gazda',
  hostEmail: meeting.hostEmail,
  hostKey: secretsInAnswers.hostKey,
  siteUrl: 'primaria.webex.example',
  webLink: `https://primaria.webex.example/m/${meeting.id}`,
  telephony: { accessCode: '123456789', callInNumbers: [], links: [] },
  enabledBreakoutSessions: false,
  integrationTags: meeting.tags,
});

/** Every field that the public description requires of a recording. */
export const recordingShown = (recording: FakeRecording): Record<string, unknown> => ({
  id: recording.id,
  meetingId: `${recording.meetingId}_I_166641849979635652`,
  scheduledMeetingId: `${recording.meetingId}_20260305T080000Z`,
  meetingSeriesId: recording.meetingId,
  topic: 'Tichet albastru',
  createTime: recording.timeRecorded,
  timeRecorded: recording.timeRecorded,
  siteUrl: 'primaria.webex.example',
  downloadUrl: `https://primaria.webex.example/lsr.php?RCID=${recording.id}`,
  playbackUrl: `https://primaria.webex.example/ldr.php?RCID=${recording.id}`,
  password: secretsInAnswers.recordingPassword,
  format: 'MP4',
  serviceType: 'MeetingCenter',
  durationSeconds: recording.durationSeconds,
  sizeBytes: 168_103,
  shareToMe: false,
  status: recording.status,
});
