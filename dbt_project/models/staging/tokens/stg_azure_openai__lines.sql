{{ token_lines('azure_openai', is_gateway=false) }}
