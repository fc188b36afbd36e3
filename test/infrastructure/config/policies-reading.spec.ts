import { readPolicies } from '../../../src/domain/audit/other-reading';
import { policiesWith } from '../../../src/domain/policies';
import { readingOfFile } from '../../../src/infrastructure/config/policies-file';

describe('the policies file of a service, as a judgement reads it', () => {
  const leadTime = { value: { hours: 72 }, version: 2 };
  const read = readingOfFile(JSON.stringify({ 'lead-time': leadTime, 'meeting-gap': { value: { minutes: 15 }, version: 2 } }));
  it('names those of which it cannot be asked, and only those', () => {
    expect(read).toMatchObject({ others: ['meeting-gap'] });
  });
  it('is asked for whole: what the file leaves out holds in its version 1, as the service takes it', () => {
    const reading = 'reading' in read ? read.reading : {};
    expect(Object.keys(reading).toSorted()).toEqual([...readPolicies].toSorted());
    expect(reading['lead-time']).toMatchObject(leadTime);
    const { 'invitation-lead': invitationLead } = policiesWith();
    expect(reading['invitation-lead']).toEqual(invitationLead);
  });
});
