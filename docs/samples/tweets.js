window.YTD.tweets.part0 = [
  {"tweet": {"id_str": "1785600000000000003", "full_text": "So count the days of wind first.", "created_at": "Wed May 01 09:05:00 +0000 2024", "in_reply_to_status_id_str": "1785600000000000001", "in_reply_to_screen_name": "adamoss", "entities": {"urls": []}}},
  {"tweet": {"id_str": "1785600000000000002", "full_text": "RT @bolind: the wind again", "created_at": "Wed May 01 09:03:00 +0000 2024", "entities": {"urls": []}}},
  {"tweet": {"id_str": "1785600000000000001", "full_text": "I think that mills are judged by their stones &amp; should be judged by their wind: https://t.co/abc123", "created_at": "Wed May 01 09:00:00 +0000 2024", "entities": {"urls": [{"url": "https://t.co/abc123", "expanded_url": "https://mill.example/wind"}]}}}
]
