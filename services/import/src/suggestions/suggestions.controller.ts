import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Allow, CurrentCaller, Problems, type Caller } from '@muster/platform';
import { FILE_PROBLEMS } from '../uploads/file-problems.js';
import { MappingSuggestionBody, MappingSuggestionDto } from './suggestion.dto.js';
import { Suggestions } from './suggestions.service.js';

@ApiTags('uploads')
@Controller('v1/uploads')
export class SuggestionsController {
  constructor(private readonly suggestions: Suggestions) {}

  /** Suggests which column means which field and which says whose a row is, by headers, content and what was done before. */
  @Post(':id/mapping-suggestion')
  @HttpCode(200)
  @Allow({ roles: ['administrator'], scope: 'imports:read' })
  @ApiOkResponse({ type: MappingSuggestionDto })
  @Problems(
    'upload_not_found',
    'file_removed',
    'unknown_entity',
    'user_import_not_available',
    'parts_missing',
    ...FILE_PROBLEMS,
  )
  suggestMapping(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: MappingSuggestionBody,
  ): Promise<MappingSuggestionDto> {
    return this.suggestions.suggest(caller, id, body);
  }
}
