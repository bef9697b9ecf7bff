{{ token_lines('litellm_usage', is_gateway=true) }}
