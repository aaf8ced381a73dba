from django.utils.translation import gettext_lazy as _

from relais.ledger.verbs import Verb

MAIL_STOPPED = Verb("mail.stopped", _("no longer wishes these mails"))
