import type { ActForm } from './act-form';
import type { Act } from './acts';
import { citizenAbsentForm, staffAbsentForm } from './acts/absent';
import { cancelForm } from './acts/cancel';
import { filedForm } from './acts/filed';
import { handedOverForm } from './acts/handed-over';
import { heldForm } from './acts/held';
import { linkForm } from './acts/link';
import { noticeForm } from './acts/notice';
import { reassignForm } from './acts/reassign';
import { noRecordingForm, recordingForm, recordingWaivedForm } from './acts/recording';
import { rescheduleForm } from './acts/reschedule';
import { resolutionForm } from './acts/resolution';
import { startForm } from './acts/start';

export const actForms: Readonly<Record<Act, ActForm>> = {
  link: linkForm,
  start: startForm,
  held: heldForm,
  recording: recordingForm,
  'no-recording': noRecordingForm,
  'recording-waived': recordingWaivedForm,
  resolution: resolutionForm,
  filed: filedForm,
  'handed-over': handedOverForm,
  notice: noticeForm,
  reschedule: rescheduleForm,
  'citizen-absent': citizenAbsentForm,
  'staff-absent': staffAbsentForm,
  reassign: reassignForm,
  cancel: cancelForm,
};
