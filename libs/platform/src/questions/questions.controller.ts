import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Problem } from '@muster/contracts';
import { Public } from '../auth/public.js';
import { Questions } from './questions.js';
import { problemToWire, type WireAnswer } from './wire.js';

/** Where other services ask this one; `internalMiddleware` stands before it and checks their token. */
@ApiExcludeController()
@Controller('internal/questions')
export class QuestionsController {
  constructor(private readonly questions: Questions) {}

  @Post(':name')
  @HttpCode(200)
  @Public()
  async answerQuestion(@Param('name') name: string, @Body() body: unknown): Promise<WireAnswer> {
    try {
      return { answer: await this.questions.answerByName(name, body) };
    } catch (error) {
      if (error instanceof Problem) return problemToWire(error);
      throw error;
    }
  }
}
