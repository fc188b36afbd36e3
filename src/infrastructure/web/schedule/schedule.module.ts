import type { PageModule } from '../page-module';
import { AbsencePages } from './absence.controller';
import { CalendarPages } from './calendar.controller';
import { HoursPages } from './hours.controller';
import { SchedulePages } from './schedule.controller';
import { TasksController } from './tasks.controller';
import { WindowPages } from './window.controller';

/** Tasks, own time and the 30-day view. */
export const scheduleModule: PageModule = {
  controllers: [AbsencePages, CalendarPages, HoursPages, SchedulePages, TasksController, WindowPages],
  providers: [],
};
