import { z } from 'zod';
import { id } from '../ids.js';
import { defineQuestion } from '../question.js';

export const administratorsOfCompany = defineQuestion({
  name: 'administrators-of-company',
  answeredBy: 'user-admin',
  description: 'Which administrators of the company can sign in?',
  request: z.object({ companyId: id }),
  answer: z.object({ userIds: z.array(id) }),
});
