"""From an application to a certificate and its end: cases, findings, decisions two reviewers stand behind, the clock.

Everything a page needs: cases, reviews and findings (one reviewer's acts), decide and proposals (two reviewers'
acts), clock (what time alone does), waiting and page (reads for reviewers), public (what anybody may read).
"""
